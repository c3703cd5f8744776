"""First run: there is no record yet, so one is made, with its first user, and the recovery code is shown once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from db.errors import Invalid
from db.passwords import refuse_weak
from screens.entry import Entry
from screens.foot import Foot
from screens.words import Words
from widgets.frame import Rule
from widgets.palette import Ink

_USER = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")

ABOUT = "This makes one, encrypted, with you as its first user and manager."


@dataclass(frozen=True, slots=True)
class NewRecord:
    """What a new record needs: the establishment, and its first user, a manager.

    Attributes:
        establishment: Its name, for example HMP Example.
        code: Its three-letter code, or "".
        name: The first user's own name.
        user: The name they sign in with.
        password: Their password.
    """

    establishment: str
    code: str
    name: str
    user: str
    password: str


def wrong(typed: Mapping[str, str]) -> dict[str, str]:
    """What is missing, weak or does not agree, by line; the record judges the password again when it is made."""
    found: dict[str, str] = {}
    if not typed["establishment"].strip():
        found["establishment"] = "The name of the establishment, for example HMP Example."
    code = typed["code"].strip()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        found["code"] = "Three letters, for example MDI, or nothing."
    if not typed["name"].strip():
        found["name"] = "Your own name, as colleagues know you."
    if not _USER.fullmatch(typed["user"].strip().lower()):
        found["user"] = "What you will sign in with: 2 to 40 letters, digits, dots or hyphens."
    try:
        refuse_weak(typed["user"], typed["password"])
    except Invalid as weak:
        found["password"] = weak.sentence
    if typed["again"] != typed["password"]:
        found["again"] = "This is not the same as the line above."
    return found


class FirstRunScreen(Screen[None]):
    """Asks what a new record needs and hands it to the shell, which makes it off the interface thread."""

    BINDINGS = [Binding("ctrl+s", "make", "Make the record", priority=True)]
    LINES = (
        ("establishment", "Establishment", False, "its name, for example HMP Example"),
        ("code", "Its code", False, "three letters, for example MDI; may stay empty"),
        ("name", "Your name", False, "as colleagues know you"),
        ("user", "User name", False, "what you will sign in with"),
        ("password", "Password", True, "at least 10 characters; four words do well"),
        ("again", "Password again", True, ""),
    )
    DEFAULT_CSS = """
    FirstRunScreen #about { margin-bottom: 1; }
    FirstRunScreen #told { margin: 1 2 0 2; height: 1fr; }
    """

    class Submitted(Message):
        """Everything is there: make the record."""

        def __init__(self, new: NewRecord) -> None:
            """With this."""
            super().__init__()
            self.new = new

    def __init__(self, where: str) -> None:
        """Make the record in the directory `where`."""
        super().__init__()
        self._where = where
        self._busy = False

    def compose(self) -> ComposeResult:
        """What this is, the lines, what was said, the keys."""
        yield Words("Wingdesk · A new record", ink=Ink.ACCENT)
        yield Rule()
        yield Words(f"There is no record in {self._where} yet. {ABOUT}", id="about")
        for name, label, secret, help in self.LINES:
            yield Entry(label, id=name, secret=secret, help=help)
        yield Words(id="told")
        yield Foot((("Ctrl+S", "make the record"), ("Tab", "next line"), "keys", "quit"))

    def on_mount(self) -> None:
        """Begin with the first line."""
        self._entry("establishment").take_focus()

    def refuse(self, sentence: str, line: str = "") -> None:
        """Say why no record was made; nothing typed is lost."""
        self._busy = False
        self.query_one("#told", Words).text = "" if line else sentence
        if line == "password":
            self.forget()
        if line in self._names:
            self._entry(line).error = sentence
            self._entry(line).take_focus()

    def forget(self) -> None:
        """Empty the passwords, after nobody touched them for a while."""
        self._entry("password").value = self._entry("again").value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next line; in the last one it makes the record."""
        event.stop()
        names = self._names
        here = next(name for name in names if event.input in self._entry(name).query(Input))
        after = names.index(here) + 1
        if after < len(names):
            self._entry(names[after]).take_focus()
        else:
            self.action_make()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Say under a line what is wrong with what was typed there, as soon as it is left."""
        for name in self._names:
            entry = self._entry(name)
            if entry in event.widget.ancestors:
                entry.error = wrong(self._typed()).get(name, "") if entry.value else ""

    def action_make(self) -> None:
        """Check every line, then ask for the record to be made."""
        if self._busy:
            return
        typed = self._typed()
        found = wrong(typed)
        for name in self._names:
            self._entry(name).error = found.get(name, "")
        if found:
            self._entry(next(iter(found))).take_focus()
            return
        self._busy = True
        self.query_one("#told", Words).text = "Making the record …"
        said = {name: value.strip() for name, value in typed.items()}
        new = NewRecord(
            establishment=said["establishment"],
            code=said["code"].upper(),
            name=said["name"],
            user=said["user"].lower(),
            password=typed["password"],
        )
        self.post_message(self.Submitted(new))

    @property
    def _names(self) -> list[str]:
        return [name for name, *_ in self.LINES]

    def _typed(self) -> dict[str, str]:
        return {name: self._entry(name).value for name in self._names}

    def _entry(self, name: str) -> Entry:
        return self.query_one(f"#{name}", Entry)


class RecoveryScreen(Screen[None]):
    """Shows the recovery code, once. Only `y` goes on, so that no key pressed by habit takes it away unread."""

    AUTO_FOCUS = ""
    BINDINGS = [Binding("y", "written", "It is written down")]
    DEFAULT_CSS = """
    RecoveryScreen #about { margin: 1 2 0 2; }
    RecoveryScreen #code { margin: 1 6; }
    RecoveryScreen #next { margin: 0 2; height: 1fr; }
    """

    class Acknowledged(Message):
        """The code is written down."""

    def __init__(self, code: str) -> None:
        """Show `code`."""
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """What it is for, the code, what to do with it."""
        yield Words("Wingdesk · The recovery code", ink=Ink.ACCENT)
        yield Rule()
        yield Words(
            "The record is made. If ever nobody remembers a password, this code alone opens it again. "
            "It is shown once and kept nowhere.",
            id="about",
        )
        yield Words(self._code, ink=Ink.STRONG, id="code")
        yield Words("Write it down on paper and lock it away, as you would the key of the safe.", id="next")
        yield Foot((("y", "it is written down"),))

    def action_written(self) -> None:
        """Go on."""
        self.post_message(self.Acknowledged())
