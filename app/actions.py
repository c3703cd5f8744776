"""The shell's own actions, and which of them work where hardly any do."""

from screens.actions import ACTIONS, Where

OURS = tuple(name for name, action in ACTIONS.items() if action.where is Where.EVERYWHERE)
"""The shell's own actions."""

ALWAYS = frozenset({"quit", "blank"})
"""What works even in front of the door: nothing that would show or change anything."""

DOOR = ALWAYS | {"keys"}
"""What works while signing in."""

SMALL = ALWAYS | {"lock"}
"""What works while the window is too small."""
