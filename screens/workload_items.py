"""The workload as a list: those without a supervisor first, then every supervisor with their cases and a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.message import Message
from textual.reactive import reactive

from db.loads import TIERS, Load, Waiting, Workload
from db.rows import State
from screens.actions import ACTIONS
from widgets.bars import bar, strokes
from widgets.frame import Drawn
from widgets.lines import Line, Piece, pad, width_of, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import UNSEEN_DAYS, long_date, state_words

UNALLOCATED = "Unallocated"
SOURCE = "OMI 3.1j a"
_WIDE, _STATES_FROM = 100, 120
_NAME, _CASES, _TIER, _LATE, _WING, _STATE = 19, 6, 4, 6, 6, 8
_LONGEST_BAR = 50
_SHOWN = (State.SAFETY, State.TODAY, State.WEEK, State.UNKNOWN)
_HEADS = {State.SAFETY: "safety", State.TODAY: "today", State.WEEK: "7 days", State.UNKNOWN: "unknown"}


def cases_words(number: int) -> str:
    """So many cases, in words."""
    return f"{number} {'case' if number == 1 else 'cases'}"


def days_words(number: int) -> str:
    """So many calendar days, in words."""
    return f"{number} {'day' if number == 1 else 'days'}"


def terms_words(load: Load) -> str:
    """On what terms somebody works, in sentences; nothing where nothing is recorded."""
    terms = load.terms
    said = [f"{terms.hours} hours a week."] if terms.hours else []
    said += [f"Covers {', '.join(terms.areas)}."] if terms.areas else []
    if terms.away is not None:
        back = f", back {long_date(terms.back)}" if terms.back else ", not known until when"
        said.append(f"{'Away' if terms.absent else 'Will be away'} from {long_date(terms.away)}{back}.")
    return " ".join(said)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The widths of what differs with the room there is."""

    name: int
    wing: int
    states: bool
    flag: int
    bar: int


class LoadList(Listing[Load | Waiting]):
    """Who holds how many cases. `workload` is set before it is shown."""

    ABOVE = 1
    BINDINGS = [Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open")]

    DEFAULT_CSS = "LoadList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    @dataclass
    class Opened(Message):
        """Enter was pressed on a supervisor, or on those without one (`staff` empty)."""

        staff: str

    @dataclass
    class Highlighted(Message):
        """The cursor has come to stand on another line."""

    def __init__(self) -> None:
        """Nothing has been read yet."""
        super().__init__(empty="Reading the workload …")
        self.workload: Workload | None = None

    def tell(self, workload: Workload) -> None:
        """Show this workload."""
        self.workload = workload
        self.show((workload.waiting, *workload.loads))

    @property
    def load(self) -> Load | None:
        """What the cursor stands on: a supervisor's load, or that of those without one."""
        return self.item.load if isinstance(self.item, Waiting) else self.item

    def key_of(self, item: Load | Waiting) -> str:
        """The staff id; nothing for those without a supervisor."""
        return item.load.id if isinstance(item, Waiting) else item.id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be something to open."""
        return action != "choose" or self.item is not None

    def heading(self, width: int) -> Line:
        """The names of the columns."""
        at = self._columns(width)
        late, rest, _ = strokes()
        said = pad("  Supervisor", at.name + 2) + (pad("Wing", at.wing) if at.wing else "")
        said += pad("Cases", _CASES, right=True) + pad("Tier 4", _TIER + 4, right=True)
        said += "".join(pad(tier, _TIER, right=True) for tier in ("3", "2", "1", "?")) + pad("Late", _LATE, right=True)
        if at.states:
            said += "".join(pad(_HEADS[state], _STATE, right=True) for state in _SHOWN)
            said += pad("unseen", _STATE, right=True)
        return [Piece(pad(said, width - at.bar - at.flag) + f"  {late} late {rest} other", Ink.DIM)]

    def head(self, item: Load | Waiting, width: int, cursor: bool) -> Line:
        """Mark, name, cases, tiers, late, a bar, and what is wrong in words."""
        at = self._columns(width)
        load = item.load if isinstance(item, Waiting) else item
        mark, ink = self._mark(item)
        name = UNALLOCATED if isinstance(item, Waiting) else load.name
        strong = cursor or isinstance(item, Waiting)
        line = [Piece(f"{mark} ", ink), Piece(pad(name, at.name), Ink.TEXT, strong)]
        if at.wing:
            line.append(Piece(pad(load.wing, at.wing), Ink.DIM))
        line.append(Piece(pad(str(load.cases), _CASES, right=True), Ink.TEXT, strong))
        line += [
            Piece(pad(str(number or "–"), _TIER + (4 if not place else 0), right=True), Ink.TEXT if number else Ink.DIM)
            for place, number in enumerate(load.tiers)
        ]
        line.append(_number(load.overdue, _LATE, ink_of(State.OVERDUE)))
        if at.states:
            line += [_number(load.counts.of(state), _STATE, ink_of(state)) for state in _SHOWN]
            line.append(_number(load.counts.unseen, _STATE, Ink.TEXT))
        line.append(Piece("  "))
        if isinstance(item, Waiting):
            return [*line, Piece(pad(self._wait(item), at.bar + at.flag - 2), ink)]
        drawn = self._bar(load, at.bar - 2)
        used = sum(len(piece.text) for piece in drawn)
        return [*line, *drawn, Piece(" " * (at.bar - 2 - used)), Piece(f" {self._flag(load)}".rstrip(), Ink.OVERDUE)]

    def beneath(self, item: Load | Waiting, width: int) -> list[Line]:
        """All of it in words."""
        said = self._waiting_words(item) if isinstance(item, Waiting) else self._load_words(item)
        lines = [[Piece("    "), *line] for line in wrap([Piece(said, Ink.DIM)], width - 6)]
        return lines if isinstance(item, Waiting) else [*lines, *self._tiers(item, width)]

    def _tiers(self, load: Load, width: int) -> list[Line]:
        """A bar for each tier they hold cases of, its late part first."""
        most = max(load.tiers, default=0)
        room = max(4, min(_LONGEST_BAR, width - 40))
        lines: list[Line] = []
        for tier, cases, late in zip(TIERS, load.tiers, load.late_tiers, strict=True):
            if cases:
                name = "tier not known" if tier is None else f"tier {tier}"
                drawn = bar(cases, late, cases, most, room)
                said = f" {cases}{f', {late} late' if late else ''}"
                lines.append([Piece("    " + pad(name, 15), Ink.DIM), *drawn, Piece(said, Ink.DIM)])
        return lines

    def highlighted(self, item: Load | Waiting | None) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Highlighted())

    def chosen(self, item: Load | Waiting) -> None:
        """Say whose cases are wanted."""
        self.post_message(self.Opened(self.key_of(item)))

    def _columns(self, width: int) -> _Columns:
        states = width >= _STATES_FROM
        wing = _WING if width >= _WIDE else 0
        flag = max((len(self._flag(load)) + 1 for load in self._loads() if self._flag(load)), default=0)
        name = min(28, _NAME + max(0, width - 80) // 4)
        taken = 2 + name + wing + _CASES + 5 * _TIER + 4 + _LATE + flag + (5 * _STATE if states else 0)
        return _Columns(name, wing, states, flag, max(4, min(_LONGEST_BAR, width - taken)))

    def _loads(self) -> Sequence[Load]:
        return self.workload.loads if self.workload else ()

    def _bar(self, load: Load, width: int) -> Line:
        most = self.workload.most if self.workload else 0
        top = max([most, *(other.cases for other in self._loads())])
        return bar(load.cases, load.overdue, most, top, width)

    def _flag(self, load: Load) -> str:
        if not load.active:
            return "has left"
        if load.terms.absent:
            return "away"
        most = self.workload.capacity(load) if self.workload else 0
        return f"over {most}" if self.workload and load.cases > most else ""

    def _mark(self, item: Load | Waiting) -> tuple[str, Ink]:
        if isinstance(item, Waiting):
            if not item.load.cases:
                return current().mark(State.CLEAR), ink_of(State.CLEAR)
            state = State.OVERDUE if item.late else State.UNKNOWN if item.no_date else State.OPEN
            return current().mark(state), ink_of(state)
        return (current().mark(State.OVERDUE), Ink.OVERDUE) if self._flag(item) else (" ", Ink.TEXT)

    def _wait(self, item: Waiting) -> str:
        if not item.load.cases:
            return "nobody waits"
        return "" if item.longest is None else f"longest {days_words(item.longest)}"

    def _waiting_words(self, item: Waiting) -> str:
        if not item.load.cases:
            return "Everybody here has a supervisor."
        parts = [f"{item.late} past the day a supervisor was to be named"] if item.late else []
        parts += [f"{item.no_date} not known since when"] if item.no_date else []
        parts += [f"{item.not_wanted} need none by the rules in force"] if item.not_wanted else []
        told = f" {'; '.join(parts)}." if parts else ""
        wait = "" if item.longest is None else f", the longest for {days_words(item.longest)}"
        return f"{cases_words(item.load.cases)} without a supervisor{wait}.{told}"

    def _load_words(self, load: Load) -> str:
        terms = terms_words(load)
        if not load.cases:
            return f"Holds no cases. {terms}".strip()
        states = [
            f"{number} {state_words(state)}"
            for state, number in load.counts.by_state
            if state in (*_SHOWN, State.OVERDUE)
        ]
        said = f"{cases_words(load.cases)}: {', '.join(states)}." if states else f"{cases_words(load.cases)}."
        if load.counts.unseen:
            said += f" {load.counts.unseen} not seen for {UNSEEN_DAYS} days."
        if not load.active:
            return f"{said} Has left: these cases need another supervisor."
        if self.workload and self.workload.over(load.cases):
            said += f" A caseload over {self.workload.most} ({SOURCE})."
        elif self.workload and load.cases > self.workload.capacity(load):
            said += f" More than the {self.workload.capacity(load)} that the hours allow."
        return f"{said} {terms}".strip()


def _number(number: int, width: int, ink: Ink) -> Piece:
    return Piece(pad(str(number or "–"), width, right=True), ink if number else Ink.DIM)


class WorkloadSummary(Drawn):
    """What it all comes to: how many wait, how many supervisors hold how many, and how many hold too many."""

    DEFAULT_CSS = "WorkloadSummary { height: auto; width: 1fr; }"

    workload = reactive[Workload | None](None, layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line, more where one cannot hold it."""
        told = self.workload
        if told is None:
            return [[Piece("Workload", Ink.STRONG)]]
        waiting, holding = told.waiting.load.cases, len(told.holding)
        line = [Piece(f"{UNALLOCATED} {waiting}", Ink.TODAY if waiting else Ink.STRONG, True)]
        if told.waiting.late:
            line.append(
                Piece(f"   {current().mark(State.OVERDUE)} {told.waiting.late} past the day", ink_of(State.OVERDUE))
            )
        who = f"{holding} {'supervisor holds' if holding == 1 else 'supervisors hold'} {cases_words(told.held)}"
        line.append(Piece(f"   {who}, {told.average} on average" if holding > 1 else f"   {who}"))
        over = sum(told.over(load.cases) for load in told.loads)
        line.append(Piece(f"   {over or 'none'} over {told.most}", Ink.OVERDUE if over else Ink.DIM))
        if away := sum(load.terms.absent for load in told.loads):
            line.append(Piece(f"   {away} away", Ink.TODAY))
        if left := sum(not load.active for load in told.holding):
            line.append(Piece(f"   {left} {'has' if left == 1 else 'have'} left", Ink.OVERDUE))
        behind = [f"{title} {number}" for title, number in told.backlogs if number]
        backlogs: list[Line] = []
        if behind:
            told_how = "   1 f and part of its name show them in the caseload"
            backlogs = [[Piece(", ".join(behind), Ink.TODAY, True), Piece(told_how, Ink.DIM)]]
        return [*_parted(line, width), *backlogs]


def _parted(parts: Sequence[Piece], width: int) -> list[Line]:
    """The parts in as few lines as hold them; none is broken unless it is longer than a line."""
    lines: list[Line] = [[]]
    for part in parts:
        if lines[-1] and width_of([*lines[-1], part]) > width:
            lines.append([Piece(part.text.lstrip(), part.ink, part.bold)])
        else:
            lines[-1].append(part)
    return [piece for line in lines for piece in wrap(line, width)]
