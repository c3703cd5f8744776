"""The door: user name and password."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from screens.entry import Entry
from screens.foot import Foot
from screens.words import Words
from widgets.frame import Rule
from widgets.palette import Ink


class SignInScreen(Screen[None]):
    """Asks who it is. Nothing typed here is remembered; the password is checked elsewhere, off the interface thread."""

    HEADING: ClassVar[str] = "Sign in"
    DEFAULT_CSS = """
    SignInScreen #about { margin-bottom: 1; }
    SignInScreen #told, SignInScreen #notices { margin: 1 2 0 2; }
    SignInScreen #notices { height: 1fr; }
    """

    class Submitted(Message):
        """Somebody asks to be let in."""

        def __init__(self, user: str, password: str) -> None:
            """With this user name and password."""
            super().__init__()
            self.user = user
            self.password = password

    def __init__(self, *, user: str = "", demonstration: bool = False, notices: Sequence[str] = ()) -> None:
        """A door; `user` is given on the command line, never remembered. `notices` are shown beneath."""
        super().__init__()
        self._user = user
        self._about = _demonstration() if demonstration else ""
        self._notices = "\n".join(notices)
        self._busy = False

    def compose(self) -> ComposeResult:
        """Heading, two lines, what was said, the keys."""
        yield Words(f"Wingdesk · {self.HEADING}", ink=Ink.ACCENT)
        yield Rule()
        yield Words(self._about, ink=Ink.TODAY, bold=True, id="about")
        yield Entry("User name", id="user", value=self._user)
        yield Entry("Password", id="password", secret=True)
        yield Words(id="told")
        yield Words(self._notices, ink=Ink.DIM, id="notices")
        yield Foot((("Enter", "sign in"), ("Tab", "next line"), "keys", "quit"))

    def on_mount(self) -> None:
        """Begin where something is missing."""
        self._entry("password" if self._user else "user").take_focus()

    def refuse(self, sentence: str) -> None:
        """Say why nobody was let in; the user name stays, the password is to be typed again."""
        self._busy = False
        self.told = sentence
        self._entry("password").take_focus()

    def forget(self) -> None:
        """Empty both lines, after nobody touched them for a while."""
        for name in ("user", "password"):
            self._entry(name).value = ""
        self.told = ""
        self._entry("user").take_focus()

    @property
    def told(self) -> str:
        """What the screen says beneath the lines."""
        return self.query_one("#told", Words).text

    @told.setter
    def told(self, sentence: str) -> None:
        self.query_one("#told", Words).text = sentence

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the first line goes to the second; in the second it asks."""
        event.stop()
        user, password = self._entry("user"), self._entry("password")
        if self._busy:
            return
        if not user.value.strip():
            self.told = "Type your user name."
            user.take_focus()
        elif not password.value:
            self.told = ""
            password.take_focus()
        else:
            self._busy = True
            self.told = "Checking the password …"
            self.post_message(self.Submitted(user.value.strip(), password.value))
            password.value = ""

    def _entry(self, name: str) -> Entry:
        return self.query_one(f"#{name}", Entry)


def _demonstration() -> str:
    """That nobody is real, and what to type: a demonstration is entered without either, and locks like any record."""
    from db.demo import PASSWORD, ROLES

    return f"DEMONSTRATION · the people are made up. Users: {', '.join(ROLES)}. Password: {PASSWORD}."
