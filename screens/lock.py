"""The lock: the same door, with everything behind it gone."""

from typing import ClassVar

from screens.sign_in import SignInScreen


class LockScreen(SignInScreen):
    """Shown after the lock. The record is closed and its key forgotten by then; whoever signs in opens it again."""

    HEADING: ClassVar[str] = "Locked"
