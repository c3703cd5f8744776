"""The one list of the rooms of the records: a mark, who or what, a number or how many, and the rest in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message

from db.rows import State
from screens.actions import ACTIONS
from widgets.choices import box
from widgets.lines import Line, Piece, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink

_NAME, _MORE, _NUMBER = 22, 36, 8


@dataclass(frozen=True, slots=True)
class Item:
    """One line, or (without a `key`) a heading.

    Attributes:
        key: What makes it the same line when it is shown again; "" for a heading.
        name: Who it is about, or the heading's words.
        number: The prisoner number, or how many.
        text: The rest.
        state: Its mark; None for none.
        beneath: What is said under it while the cursor is on it.
        sort: Lines of one sort can be selected together; "" for a line that cannot be.
        of: What it stands for.
    """

    key: str
    name: str
    number: str = ""
    text: str = ""
    state: State | None = None
    beneath: str = ""
    sort: str = ""
    of: object = None


class RecordsList(Listing[Item]):
    """Items under headings. Lines of a sort can be selected; Enter opens one."""

    BINDINGS = [Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open")]
    DEFAULT_CSS = "RecordsList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on a line."""

        item: Item

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another line."""

    def __init__(self, empty: str = "", id: str | None = None) -> None:
        """Nothing yet."""
        super().__init__(empty=empty, id=id)
        self.selected: set[str] = set()

    def tell(self, items: Sequence[Item]) -> None:
        """Show these; what is no longer there is no longer selected."""
        self.selected &= {item.key for item in items}
        fresh = not self._items
        self.show(items)
        if fresh:
            self.action_first()

    @property
    def chosen_items(self) -> list[Item]:
        """What is selected, else the line under the cursor."""
        found = [item for item in self._items if item.key in self.selected]
        return found or ([self.item] if self.item is not None and self.item.key else [])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be something to open."""
        return action != "choose" or bool(self.item and self.item.key)

    def key_of(self, item: Item) -> str:
        """The item's key; a heading's words."""
        return item.key or item.name

    def selectable(self, item: Item) -> bool:
        """Headings are passed over."""
        return bool(item.key)

    def select(self) -> None:
        """Select the line under the cursor or take that back, and go on to the next; one sort at a time."""
        item = self.item
        if item is None or not item.sort:
            return
        self._drop_others(item.sort)
        self.selected ^= {item.key}
        self.redraw()
        self.action_down()

    def select_all(self) -> None:
        """Select every line of the sort under the cursor, or none."""
        item = self.item
        if item is None or not item.sort:
            return
        self._drop_others(item.sort)
        all_of = {one.key for one in self._items if one.sort == item.sort}
        self.selected = set() if self.selected >= all_of else all_of
        self.redraw()

    def _drop_others(self, sort: str) -> None:
        self.selected &= {one.key for one in self._items if one.sort == sort}

    def highlighted(self, item: Item | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())

    def chosen(self, item: Item) -> None:
        """Say what is to be opened."""
        self.post_message(self.Opened(item))

    def head(self, item: Item, width: int, cursor: bool) -> Line:
        """Mark, box, who, number, the rest."""
        if not item.key:
            return [Piece(cut(item.name, width), Ink.STRONG)]
        line: Line = []
        if self.selected:
            line += [box(item.key in self.selected), Piece(" ")] if item.sort else [Piece("    ")]
        ink = ink_of(item.state) if item.state else Ink.TEXT
        line.append(Piece(f"{current().mark(item.state) if item.state else ' '} ", ink))
        name = _NAME if width < 100 else _MORE
        line += [Piece(pad(item.name, name) + " ", Ink.TEXT, cursor), Piece(pad(item.number, _NUMBER) + " ", Ink.DIM)]
        room = width - sum(len(piece.text) for piece in line)
        return [*line, Piece(cut(item.text, room))]

    def beneath(self, item: Item, width: int) -> list[Line]:
        """What there is to say, where the line does not."""
        if not item.beneath:
            return []
        return [[Piece("    "), *line] for line in wrap([Piece(item.beneath, Ink.DIM)], width - 6)]
