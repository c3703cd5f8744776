"""The lines of the pathway checklist: pathways that fold, and under each its activities level by level."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from db.checklists import ActivityRow, Checklist, PathwayRow, SecretRow, Status
from db.rows import State
from widgets.frame import Drawn
from widgets.lines import Line, Piece, cells, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import due_words, long_date, short_date

_NAME, _NEEDS, _DONE, _STATUS, _PROVIDER = 35, 7, 7, 15, 10
_INDENT = 9
_TITLE = 46
_WIDE = 110
"""From so many columns on there is room to say what came of an activity beside it."""
HIDDEN = "v shows it"
_DISCREET = frozenset({"health", "drugs"})
_SETTLED = (State.MET, State.NOT_APPLICABLE, State.WAIVED)
Item = PathwayRow | ActivityRow | SecretRow


@dataclass(frozen=True, slots=True)
class Showing:
    """What of the checklist is shown: which pathways are open, only what is outstanding, and what is revealed."""

    opened: Collection[str]
    outstanding: bool = False
    reveal: bool = False


def key_of(item: Item) -> str:
    """What makes a line the same one when the checklist is read again."""
    if isinstance(item, SecretRow):
        return f"secret {item.kind} {item.on} {item.by} {item.words}"
    return f"{'pathway' if isinstance(item, PathwayRow) else 'activity'} {item.id}"


def items_of(lists: Iterable[Checklist], showing: Showing) -> list[Item]:
    """The lines of one or more checklists, one under another."""
    items: list[Item] = []
    for found in lists:
        for pathway in found.pathways:
            items.append(pathway)
            if pathway.id in showing.opened:
                own = found.of(pathway.id)
                items += [row for row in own if row.open] if showing.outstanding else own
        items += found.secrets
    return items


def hidden(row: ActivityRow, reveal: bool) -> bool:
    """Whether how it stands is discreet: of health, drugs and alcohol what goes beyond level 1."""
    return not reveal and row.pathway in _DISCREET and row.level > 1


class PathwayList(Listing[Item]):
    """The checklist as a list; Enter opens a pathway or an activity, Tab goes from pathway to pathway."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "pathway(1)", "Next pathway", show=False, id="checklist.next-pathway"),
        Binding("shift+tab", "pathway(-1)", "Pathway before", show=False, id="checklist.previous-pathway"),
    ]
    ABOVE = 1
    DEFAULT_CSS = "PathwayList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a line."""

        item: Item

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another line."""

        item: Item | None

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, empty="Reading the checklist …")
        self.today = date.min
        self.showing = Showing(())

    def key_of(self, item: Item) -> str:
        """The line's key."""
        return key_of(item)

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        name, next_ = _room(width)
        return [
            Piece(f"  {pad('Pathway', name)}{pad('Needs', _NEEDS)}{pad('Done', _DONE)}{pad('Next', next_)}", Ink.DIM)
        ]

    def head(self, item: Item, width: int, cursor: bool) -> Line:
        """A pathway with its progress, or an activity with how it stands."""
        if isinstance(item, SecretRow):
            return self._secret(item, width, cursor)
        return self._pathway(item, width) if isinstance(item, PathwayRow) else self._activity(item, width, cursor)

    def replace(self, item: Item) -> None:
        """Show a line anew, and nothing else; without reading the record."""
        at = self._find(key_of(item))
        if at is not None:
            items = list(self._items)
            items[at] = item
            self._items = items
            self._strips.pop((at, True), None)
            self._strips.pop((at, False), None)
            self._refresh_item(at)
            if at == self._at:
                self.highlighted(item)

    def action_pathway(self, step: int) -> None:
        """To the next pathway, or (-1) the one before; round and round."""
        heads = [at for at, item in enumerate(self._items) if isinstance(item, PathwayRow)]
        beyond = [at for at in heads if (at - self._at) * step > 0]
        if heads:
            self._move((min if step > 0 else max)(beyond or heads), step)

    def highlighted(self, item: Item | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted(item))

    def chosen(self, item: Item) -> None:
        """Say which line is to be opened."""
        self.post_message(self.Chosen(item))

    def _secret(self, row: SecretRow, width: int, cursor: bool) -> Line:
        day = pad(long_date(row.on)[4:], 12)
        return [Piece(f"    {day} ", Ink.DIM), Piece(cut(secret_words(row), width - 18), Ink.TEXT, cursor)]

    def _pathway(self, row: PathwayRow, width: int) -> Line:
        name, next_ = _room(width)
        opened = row.id in self.showing.opened
        drugs = row.id == "drugs" and not self.showing.reveal
        levels = (
            "v" if drugs else " ".join(f"L{level}" for level in row.levels) or ("yes" if row.need == "yes" else "–")
        )
        done = "v" if drugs else f"{row.done}/{row.needed}"
        return [
            Piece(f"{current().opener(opened)} ", Ink.ACCENT),
            Piece(pad(row.name, name), Ink.STRONG),
            Piece(pad(levels, _NEEDS) + pad(done, _DONE), Ink.DIM),
            *self._next(row, next_, drugs),
        ]

    def _next(self, row: PathwayRow, room: int, hide: bool) -> Line:
        if hide:
            return [Piece(HIDDEN, Ink.DIM)]
        if row.next is None:
            state = State.CLEAR if row.assessed and row.done == row.needed else State.LATER
            words = "clear" if state is State.CLEAR else "open" if row.assessed else "not assessed"
            return [Piece(f"{current().mark(state)} {words}", ink_of(state))]
        about = row.next_about if self.showing.reveal or row.id not in _DISCREET else row.next.discreet_title
        when = due_words(row.next, self.today)
        words = cut(about, room - cells(when) - 3)
        return [Piece(f"{current().mark(row.next.state)} {words} {when}", ink_of(row.next.state))]

    def _activity(self, row: ActivityRow, width: int, cursor: bool) -> Line:
        hide = hidden(row, self.showing.reveal)
        state = State.LATER if hide else row.mark
        ink = Ink.DIM if hide or row.status is Status.NOT_ASSESSED else ink_of(state)
        wide = width >= _WIDE
        provider = _PROVIDER + (14 if wide else 0)
        title = _TITLE if wide else width - _INDENT - _STATUS - provider
        status = width - _INDENT - title - provider
        words = HIDDEN if hide else status_words(row, self.today)
        if wide and row.said and not hide:
            words = f"{words}: {row.said}"
        return [
            Piece(f"    {current().mark(state)} ", ink),
            Piece(f"L{row.level} ", Ink.DIM),
            Piece(pad(row.title, title), Ink.TEXT, cursor),
            Piece(pad(words, status - 1) + " ", ink),
            Piece(pad(row.provider.partition(":")[0], provider), Ink.DIM),
        ]


def secret_words(row: SecretRow) -> str:
    """Something need-to-know, in a line: what it is, and what was said."""
    match row.kind:
        case "disclosure":
            return f"Disclosed, {row.grounds.replace('-', ' ')}: {row.words}"
        case "shared":
            return f"Passed on to {row.to}, {row.grounds}: {row.words}"
        case "asked":
            return f"Asked whether {row.to} may know: {row.grounds}"
        case "emergency":
            return f"Opened in an emergency by {row.by}: {row.words}"
    return row.words


def _room(width: int) -> tuple[int, int]:
    name = _NAME + max(0, min(20, width - 90))
    return name, max(10, width - 2 - name - _NEEDS - _DONE)


def status_words(row: ActivityRow, today: date) -> str:
    """How an activity stands, in a few words: `done 11 Feb`, `needed Thu 5`, `with NatWest`."""
    if row.status in (Status.DONE, Status.FOLLOWED_UP) and row.met:
        return f"done {_short(row.on, today)}".rstrip()
    if row.status is Status.FOLLOWED_UP:
        return "not met"
    if row.with_whom:
        return f"with {row.with_whom}"
    if row.due and row.status in (Status.NEEDED, Status.IN_PROGRESS):
        near = 0 <= (row.due - today).days <= 7
        day = short_date(row.due, today).rpartition(" ")[0] if near else _short(row.due, today)
        return f"{'begun' if row.status is Status.IN_PROGRESS else 'needed'} {day}"
    return row.status.words


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    words = long_date(day)[4:]
    return words[:-5] if day.year == today.year else words.partition(" ")[2]


class Detail(Drawn):
    """What is said of the line under the cursor: always the same few lines, so that nothing else moves."""

    LINES = 3
    DEFAULT_CSS = "Detail { height: 3; width: 1fr; }"

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.item: Item | None = None
        self.reveal = False

    def show(self, item: Item | None, reveal: bool) -> None:
        """Say this of it."""
        if (item, reveal) != (self.item, self.reveal):
            self.item, self.reveal = item, reveal
            self.refresh()

    def lines(self, width: int) -> list[Line]:
        """At most three lines."""
        match self.item:
            case ActivityRow():
                line = self._of_activity(self.item)
            case PathwayRow():
                line = self._of_pathway(self.item)
            case SecretRow():
                line = [Piece(f"{secret_words(self.item)} ", Ink.TEXT), Piece(f"by {self.item.by}", Ink.DIM)]
            case _:
                return []
        lines = wrap(line, width)
        if len(lines) > self.LINES:
            last = "".join(piece.text for piece in lines[self.LINES - 1])
            lines[self.LINES - 1 :] = [[Piece(cut(last + " …", width - 1))]]
        return lines

    def _of_activity(self, row: ActivityRow) -> Line:
        dot = current().dot
        line = [Piece(f"{row.title}. ", Ink.STRONG), Piece(f"{row.words} ")]
        if not hidden(row, self.reveal):
            if row.said:
                line.append(Piece(f"{row.said.rstrip('.')}. ", ink_of(row.mark)))
            if row.explained:
                line.append(Piece(f"Explained {row.explained}. ", Ink.DIM))
            if row.due and row.mark not in _SETTLED:
                asked = "ask again" if row.status is Status.DECLINED else "outcome due" if row.referral else "due"
                line.append(Piece(f"{asked.capitalize()} {short_date(row.due, self.today)}. ", ink_of(row.mark)))
        told = [row.provider, f"to {row.to}" if row.to else "", "consent first" if row.consent else ""]
        tail = dot.join(part for part in (*told, "Mandatory" if row.source != "local" else "", row.source) if part)
        return [*line, Piece(tail, Ink.DIM)]

    def _of_pathway(self, row: PathwayRow) -> Line:
        line = [Piece(f"{row.title}. ", Ink.STRONG)]
        if row.id == "drugs" and not self.reveal:
            return [*line, Piece("What is needed here is discreet: v shows it.", Ink.DIM)]
        need = {"yes": "A need", "no": "No need"}.get(row.need, "Need not known")
        since = f", {_SOURCES.get(row.need_from, 'recorded')} {_short(row.need_on, self.today)}" if row.need_on else ""
        said = f"{need}{since}. " if self.reveal or row.id not in _DISCREET else ""
        line.append(Piece(f"{said}{row.done} of {row.needed} done. "))
        if row.next is not None and (self.reveal or row.id not in _DISCREET):
            line.append(Piece(row.next.why, Ink.DIM))
        return line


_SOURCES = {"bcst1": "BCST 1", "bcst2": "BCST 2"}
