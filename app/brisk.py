"""Starting fast: nothing is thrown away while the program starts, so looking for garbage only costs time.

A command is over before it would matter; the application turns it on again once its first screen stands.
"""

import gc


def starting() -> None:
    """Do not look for garbage for now."""
    gc.disable()


def started() -> None:
    """Look for garbage again, but never among what the start brought, which stays."""
    gc.freeze()
    gc.enable()
