"""What an allocation of several cases would come to, case by case: first those that stay where they are, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence

from db.loads import Allocation, Proposed
from db.rows import State
from widgets.lines import Line, Piece, cut, pad, wrap
from widgets.listing import FormListing
from widgets.looks import current, ink_of
from widgets.palette import Ink

_NAME, _NUMBER, _TO = 20, 8, 14
_NAMED = 6


def in_order(proposed: Sequence[Proposed]) -> list[Proposed]:
    """Those that stay where they are first; otherwise as given."""
    return sorted(proposed, key=lambda one: bool(one.to))


def applying(proposed: Sequence[Proposed]) -> dict[str, str]:
    """The cases that would go to somebody: prisoner number → staff id."""
    return {one.case.number: one.to for one in proposed if one.to}


def summary(proposed: Sequence[Proposed], allocation: Allocation) -> str:
    """How many go and how many stay, and what those who get them would then hold, too many said in words."""
    going = applying(proposed)
    staying = len(proposed) - len(going)
    said = f"{_cases(len(going))} would be allocated"
    said += f", {staying} would not: {'it stands' if staying == 1 else 'they stand'} first. " if staying else ". "
    loads = {load.id: load for load in allocation.workload.loads}
    given, taken = Counter(going.values()), Counter(one.case.holder for one in proposed if one.to)
    told = []
    for staff, number in given.most_common(_NAMED):
        then = loads[staff].cases + number - taken[staff] if staff in loads else number
        most = allocation.workload.capacity(loads[staff]) if staff in loads else allocation.workload.most
        over = f", over {most}" if then > most else ""
        told.append(f"{allocation.names.get(staff, staff)} {then} (+{number}{over})")
    more = f" and {len(given) - _NAMED} more" if len(given) > _NAMED else ""
    return said + (f"Then hold: {', '.join(told)}{more}." if told else "")


def _cases(number: int) -> str:
    return f"{number} {'case' if number == 1 else 'cases'}"


class Preview(FormListing[Proposed]):
    """One line a case: who, to whom, why; or why not."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names`: everybody's by staff id."""
        super().__init__()
        self._names = names

    def key_of(self, item: Proposed) -> str:
        """The prisoner number."""
        return item.case.number

    def head(self, item: Proposed, width: int, cursor: bool) -> Line:
        """Mark, name, number, and where it goes."""
        state = State.CLEAR if item.to else State.OVERDUE
        who = f"{current().mark(state)} "
        line = [
            Piece(who, ink_of(state)),
            Piece(pad(item.case.name, _NAME) + " ", Ink.TEXT, cursor),
            Piece(pad(item.case.number, _NUMBER) + " ", Ink.DIM),
        ]
        room = width - len(who) - _NAME - _NUMBER - 2
        if not item.to:
            return [*line, Piece(cut(f"stays: {item.why}", room), ink_of(state))]
        to = pad(f"to {self._names.get(item.to, item.to)}", _TO + 3)
        return [*line, Piece(to + " "), Piece(cut(item.why, room - _TO - 4), Ink.DIM)]

    def beneath(self, item: Proposed, width: int) -> list[Line]:
        """Why, where the line has no room for it."""
        if not self.has_focus or len(item.why) <= width - _NAME - _NUMBER - _TO - 8:
            return []
        return [[Piece("    "), *line] for line in wrap([Piece(item.why, Ink.DIM)], width - 6)]
