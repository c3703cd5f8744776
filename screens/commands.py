"""Every command by name: type part of it, choose with the arrows, Enter does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.binding import Binding
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from screens.foot import Foot
from screens.words import Words
from widgets.frame import Drawn, Rule
from widgets.lines import Line, Piece, pad, strip
from widgets.palette import Ink


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the action's name, what it does, its key, and whether it works where the palette was opened."""

    name: str
    tells: str
    key: str
    here: bool


def matching(commands: Sequence[Command], text: str) -> tuple[Command, ...]:
    """The commands in which every word of `text` occurs, those that work here first."""
    words = text.casefold().split()
    found = [
        command for command in commands if all(word in f"{command.name} {command.tells}".casefold() for word in words)
    ]
    return tuple(sorted(found, key=lambda command: not command.here))


class _Choices(Drawn):
    """The commands that match, one of them under the cursor."""

    commands: reactive[tuple[Command, ...]] = reactive(())
    cursor: reactive[int] = reactive(0)

    def lines(self, width: int) -> list[Line]:
        """As many lines as fit around the cursor."""
        if not self.commands:
            return [[Piece("No command has that in its name.", Ink.DIM)]]
        height = max(1, self.size.height)
        first = max(0, min(self.cursor - height // 2, len(self.commands) - height))
        shown = self.commands[first : first + height]
        return [self._line(command, width) for command in shown]

    def render_line(self, y: int) -> Strip:
        """The line `y`; the one under the cursor as a band."""
        height = max(1, self.size.height)
        first = max(0, min(self.cursor - height // 2, len(self.commands) - height))
        lines = self.lines(self.size.width)
        line = lines[y] if y < len(lines) else []
        return strip(line, self.size.width, cursor=bool(self.commands) and first + y == self.cursor)

    def _line(self, command: Command, width: int) -> Line:
        room = width - 12
        ink, key, of_key = (Ink.TEXT, command.key, Ink.ACCENT) if command.here else (Ink.DIM, "not here", Ink.DIM)
        return [Piece(f" {pad(command.tells, room)} ", ink), Piece(pad(key, 9, right=True), of_key)]


class CommandsScreen(ModalScreen[str | None]):
    """Gives back the name of the action chosen, or None. One that does not work here says so and stays."""

    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False, priority=True),
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("escape", "close", "Back", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CommandsScreen { background: $background; }
    CommandsScreen Input { border: none; height: 1; padding: 0 1; }
    CommandsScreen _Choices { height: 1fr; margin-top: 1; }
    """

    def __init__(self, commands: Sequence[Command], label: str = "") -> None:
        """Offer these; `label` stands at the right of the rule."""
        super().__init__()
        self._label = label
        self._all = tuple(commands)

    def compose(self) -> ComposeResult:
        """Heading, a line to type in, the commands, the keys."""
        yield Words("Commands: type part of a name", ink=Ink.ACCENT)
        yield Rule(self._label)
        line = Input(compact=True)
        line.cursor_blink = False
        yield line
        yield _Choices()
        yield Foot((("Enter", "do it"), ("Esc", "back")))

    def on_mount(self) -> None:
        """Offer everything at first."""
        self._choices.commands = matching(self._all, "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow as somebody types."""
        event.stop()
        self._choices.commands = matching(self._all, event.value)
        self._choices.cursor = 0

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose the one under the cursor."""
        event.stop()
        found = self._choices.commands
        if not found:
            return
        chosen = found[self._choices.cursor]
        if chosen.here:
            self.dismiss(chosen.name)
        else:
            self.query_one(Foot).say(f"{chosen.tells}: not on this screen.")

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        last = len(self._choices.commands) - 1
        self._choices.cursor = max(0, min(last, self._choices.cursor + by))

    def action_close(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    @property
    def _choices(self) -> _Choices:
        return self.query_one(_Choices)
