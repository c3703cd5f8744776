"""The base of every list: its own cursor, drawn line by line, one repaint of what changed a key press."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from widgets.lines import Line, Piece, strip, wrap
from widgets.looks import Look, current
from widgets.palette import Ink

T = TypeVar("T")

_CACHED = 2000


class Listing(ScrollView, Generic[T], can_focus=True):
    """A list of things, one line each; the one under the cursor may have lines beneath it.

    The cursor is a band across the line. It stays on the same thing, by `key_of`, when the things are shown anew.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "up", "Up", show=False, id="list.up"),
        Binding("down", "down", "Down", show=False, id="list.down"),
        Binding("pageup", "page_up", "Page up", show=False, id="list.page-up"),
        Binding("pagedown", "page_down", "Page down", show=False, id="list.page-down"),
        Binding("home", "first", "First", show=False, id="list.first"),
        Binding("end", "last", "Last", show=False, id="list.last"),
        Binding("enter", "choose", "Open", show=False, id="list.choose"),
    ]

    ABOVE: ClassVar[int] = 0
    """How many lines stay above the list: its heading."""

    CENTRED: ClassVar[bool] = False
    """Whether the cursor comes to stand in the middle when it leaves the view: fewer repaints of the whole list."""

    def __init__(self, *, empty: str = "", id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.empty = empty
        self.awake = True
        self._items: Sequence[T] = ()
        self._at = 0
        self._opened: list[Line] = []
        self._strips: dict[tuple[int, bool], Strip] = {}
        self._drawn_for: tuple[int, Look] = (0, current())

    # What a list says of its things ---------------------------------------------------------------------------------

    def key_of(self, item: T) -> str:
        """What makes the thing the same one when it is shown again."""
        raise NotImplementedError

    def head(self, item: T, width: int, cursor: bool) -> Line:
        """The thing's own line."""
        raise NotImplementedError

    def beneath(self, item: T, width: int) -> list[Line]:
        """The lines under the thing while the cursor is on it."""
        return []

    def selectable(self, item: T) -> bool:
        """Whether the cursor may stand on it; a heading is passed over."""
        return True

    def heading(self, width: int) -> Line:
        """The line that stays at the top of a list with `ABOVE`."""
        return []

    def highlighted(self, item: T | None) -> None:
        """Called when the cursor comes to stand on another thing."""

    def chosen(self, item: T) -> None:
        """Called on Enter."""

    # Showing --------------------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> int:
        """Which thing the cursor is on, counted from 0."""
        return self._at

    @property
    def item(self) -> T | None:
        """The thing under the cursor."""
        return self._items[self._at] if self._at < len(self._items) else None

    def show(self, items: Sequence[T]) -> None:
        """Show these things; the cursor stays on the one it was on, or as near as can be."""
        before = self.item
        self._items = items
        at = None if before is None else self._find(self.key_of(before))
        self._at = self._allowed(min(self._at, len(items) - 1) if at is None else at, 1)
        self.redraw()
        self.highlighted(self.item)

    def go_to(self, key: str) -> bool:
        """Put the cursor on the thing with this key; False where there is none."""
        at = self._find(key)
        if at is None:
            return False
        self._move(at, 1)
        return True

    def wake(self, awake: bool) -> None:
        """Show the cursor, or leave it to the list beside this one."""
        if awake != self.awake:
            self.awake = awake
            self.redraw()

    def redraw(self) -> None:
        """Draw everything again: what is shown, or how, has changed."""
        self._strips.clear()
        self._open()
        self.refresh()

    def _find(self, key: str) -> int | None:
        near = (self._at, self._at - 1, self._at + 1)
        for at in near:
            if 0 <= at < len(self._items) and self.key_of(self._items[at]) == key:
                return at
        return next((at for at, item in enumerate(self._items) if self.key_of(item) == key), None)

    def _allowed(self, at: int, step: int) -> int:
        """The nearest thing the cursor may stand on, going one way and then the other."""
        last = len(self._items) - 1
        at = max(0, min(at, last))
        for way in (step, -step):
            there = at
            while 0 <= there <= last:
                if self.selectable(self._items[there]):
                    return there
                there += way
        return at

    def _open(self) -> None:
        """Work out the lines beneath the cursor and how far the list goes, and keep the cursor in view."""
        item, width = self.item, self._width
        self._opened = self.beneath(item, width) if item is not None and width else []
        height = self.ABOVE + len(self._items) + len(self._opened)
        if self.virtual_size != Size(width, height):
            self.virtual_size = Size(width, height)
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        room = self.size.height - self.ABOVE
        if room < 1:
            return
        top, first, last = round(self.scroll_y), self._at, self._at + len(self._opened)
        if self.CENTRED and not top <= first < top + room:
            top = first - room // 2
        else:
            # The headings over the first thing come into view with it.
            first = 0 if first == self._first_selectable() else first
            top = min(max(top, last - room + 1), first)
        top = max(0, min(top, len(self._items) + len(self._opened) - room))
        if top != round(self.scroll_y):
            self.scroll_to(y=top, animate=False, force=True)

    def _first_selectable(self) -> int:
        return next((at for at in range(min(self._at + 1, len(self._items))) if self.selectable(self._items[at])), 0)

    @property
    def _width(self) -> int:
        return self.size.width

    def on_resize(self) -> None:
        """A new width needs every line again."""
        self.redraw()

    def notify_style_update(self) -> None:
        """A new look needs every line again."""
        super().notify_style_update()
        if self.is_mounted and current() is not self._drawn_for[1]:
            self.redraw()

    # Moving ---------------------------------------------------------------------------------------------------------

    def _move(self, to: int, step: int) -> None:
        if not self._items:
            return
        before, opened = self._at, len(self._opened)
        self._at = self._allowed(to, step)
        if self._at == before:
            return
        top = round(self.scroll_y)
        self._open()
        if opened or self._opened:
            self.refresh()
        elif top == round(self.scroll_y):
            self._refresh_item(before)
            self._refresh_item(self._at)
        self.highlighted(self.item)

    def _refresh_item(self, at: int) -> None:
        self.refresh(Region(0, self.ABOVE + at - round(self.scroll_y), self.size.width, 1))

    @property
    def _page(self) -> int:
        return max(1, self.size.height - self.ABOVE - 1)

    def action_up(self) -> None:
        """To the thing above."""
        self._move(self._at - 1, -1)

    def action_down(self) -> None:
        """To the thing below."""
        self._move(self._at + 1, 1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._move(self._at - self._page, -1)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._move(self._at + self._page, 1)

    def action_first(self) -> None:
        """To the first."""
        self._move(0, 1)

    def action_last(self) -> None:
        """To the last."""
        self._move(len(self._items) - 1, -1)

    def action_choose(self) -> None:
        """Open the thing under the cursor."""
        if self.item is not None:
            self.chosen(self.item)

    # Drawing --------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """The line `y` of what is in view."""
        width = self.size.width
        if (width, current()) != self._drawn_for:
            self._strips.clear()
            self._drawn_for = (width, current())
        if y < self.ABOVE:
            return strip(self.heading(width), width)
        if not self._items:
            return self._empty_line(y - self.ABOVE, width)
        line = y - self.ABOVE + round(self.scroll_y)
        beneath = line - self._at - 1
        if 0 <= beneath < len(self._opened):
            return strip(self._opened[beneath], width)
        at = line if beneath < 0 else line - len(self._opened)
        return self._item_strip(at, width) if at < len(self._items) else strip([], width)

    def _item_strip(self, at: int, width: int) -> Strip:
        cursor = at == self._at and self.awake
        drawn = self._strips.get((at, cursor))
        if drawn is None:
            if len(self._strips) > _CACHED:
                self._strips.clear()
            drawn = strip(self.head(self._items[at], width, cursor), width, cursor=cursor)
            self._strips[at, cursor] = drawn
        return drawn

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = wrap([Piece(self.empty, Ink.DIM)], width - 4)
        at = y - 1
        return strip([Piece("  "), *lines[at]] if 0 <= at < len(lines) else [], width)


class FormListing(Listing[T]):
    """A list among the fields of a form: its band shows only while the keys go to it."""

    DEFAULT_CSS = "FormListing { height: 1fr; min-height: 4; width: 1fr; overflow: hidden hidden; }"

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.awake = False

    def on_focus(self) -> None:
        """The band comes."""
        self.wake(True)

    def on_blur(self) -> None:
        """The band goes."""
        self.wake(False)
