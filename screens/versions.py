"""The versions of a plan: which there were, and the plan as it stands beside the one under the cursor."""

from datetime import date

from db import planning as pl
from db.plan_reading import content
from policy.planning import plan_words
from screens.plan_room import PlanRoom
from screens.plan_words import HIDDEN, discreet, standing
from screens.sheet import Sheet, SheetLine, heading, said
from widgets.lines import Line, Piece, cut, pad
from widgets.palette import Ink
from widgets.words import long_date, short_date

_MARKS = {"": " ", "new": "+", "gone": "-", "changed": "~"}


class VersionsScreen(PlanRoom):
    """Every version, the newest first; one of them side by side with what came after it."""

    PLACE = "versions"
    PAPER = "plan-file"
    FOOTER = (("Enter", "compare with now"), "plan", "reveal", "back", "help")

    def __init__(self, *given: object) -> None:
        """Nothing is compared yet."""
        super().__init__(*given)  # type: ignore[arg-type]
        self._compared = 0

    def lines(self, plan: pl.Plan) -> list[SheetLine]:
        """The versions, then two of them side by side."""
        shown = [heading("Versions", standing(plan))]
        for one in plan.versions:
            here = " (shown below)" if one.number == self._compared else ""
            many = len(one.objectives)
            left = (
                Piece(f"  Version {one.number}", Ink.STRONG),
                Piece(f"  agreed {long_date(one.agreed)}, {many} objective{'' if many == 1 else 's'}{here}"),
            )
            shown.append(SheetLine(f"version {one.number}", left, data=one))
        if not plan.versions:
            shown.append(said("none", "None is agreed yet: m on the plan puts down the meeting that agrees it."))
            return shown
        chosen = next((one for one in plan.versions if one.number == self._compared), plan.versions[0])
        self._compared = chosen.number
        return shown + self._side_by_side(chosen, plan)

    def _side_by_side(self, old: pl.VersionRow, plan: pl.Plan) -> list[SheetLine]:
        room = (self.sheet.size.width or 80) // 2 - 2
        then = {one.id: one for one in old.objectives}
        now = {one.id: one for one in (*plan.objectives, *plan.closed)}
        order = [*then, *(one.id for one in plan.objectives if one.id not in then)]
        title = f"{pad(f'Version {old.number}', room)}   Now"
        shown = [SheetLine("compare", (Piece(title, Ink.ACCENT),), stops=False)]
        for id in order:
            before, after = then.get(id), now.get(id)
            mark = _mark(before, after)
            left, right = self._cell(before), self._cell(after)
            words = f"{pad(cut(left, room - 2), room - 2)} {_MARKS[mark]} {cut(right, room)}"
            ink = Ink.UNKNOWN if mark else Ink.TEXT
            line = SheetLine(f"pair {id}", (Piece(f"  {words}", ink),), more=tuple(self._differs(before, after)))
            shown.append(line)
        shown.append(said("marks", "+ new since   ~ changed since   - closed or gone since"))
        return shown

    def _cell(self, row: pl.ObjectiveRow | None) -> str:
        if row is None:
            return "–"
        title = HIDDEN if discreet(row) and not self.reveal else row.kept.change
        if row.closed:
            return f"closed, {plan_words().outcome[row.kept.outcome].title}"
        return f"{row.at} {title}"

    def _differs(self, before: pl.ObjectiveRow | None, after: pl.ObjectiveRow | None) -> list[tuple[Piece, ...]]:
        """What differs, field by field: then, and now; where nothing does, the rest of how it was agreed."""
        shown = [row for row in (before, after) if row is not None]
        if before is None or (any(map(discreet, shown)) and not self.reveal):
            return []
        if after is None or after.closed or not _other(before, after):
            return _agreed(before, self.today)
        found: list[Line] = []
        for label, name in _COMPARED:
            then, now = getattr(before.kept, name), getattr(after.kept, name)
            if then != now:
                found.append([Piece(f"{label}: ", Ink.DIM), Piece(f"{then or 'nothing'} → {now or 'nothing'}")])
        if before.target != after.target:
            dates = f"{short_date(before.target, self.today)} → {short_date(after.target, self.today)}"
            found.append([Piece("By: ", Ink.DIM), Piece(dates)])
        if _steps(before) != _steps(after):
            found.append([Piece("Steps: ", Ink.DIM), Piece(f"{_steps(before)} → {_steps(after)}")])
        return [tuple(line) for line in found]

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Put the version under the cursor beside the plan as it stands."""
        message.stop()
        if isinstance(message.line.data, pl.VersionRow):
            self._compared = message.line.data.number
            self.tell()


_COMPARED = (("To change", "change"), ("Measured by", "measure"), ("Owner", "owner"), ("Own words", "words"))


def _agreed(row: pl.ObjectiveRow, today: date) -> list[tuple[Piece, ...]]:
    """An objective as it was agreed."""
    told = [(label, getattr(row.kept, name)) for label, name in _COMPARED]
    told += [("By", short_date(row.target, today)), ("Steps", _steps(row))]
    return [(Piece(f"{label}: ", Ink.DIM), Piece(text)) for label, text in told if text]


def _steps(row: pl.ObjectiveRow) -> str:
    return "; ".join(step.what for step in row.steps) or "none"


def _mark(before: pl.ObjectiveRow | None, after: pl.ObjectiveRow | None) -> str:
    if before is None:
        return "new"
    if after is None or after.closed:
        return "gone"
    return "changed" if _other(before, after) else ""


def _other(before: pl.ObjectiveRow, after: pl.ObjectiveRow) -> bool:
    return content(before.kept) != content(after.kept)
