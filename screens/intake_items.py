"""What an extract would change, as one long list: what needs a decision first, then everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from db.rows import FieldChange, Intake, IntakeLine, Question, Refused
from policy.facts import facts
from screens.intake_words import to_ask
from widgets.discretion import gives_away
from widgets.lines import Line, Piece, cut, pad, wrap
from widgets.listing import Listing
from widgets.looks import current
from widgets.palette import Ink
from widgets.words import short_date

_NUMBER, _NAME, _LABEL = 9, 20, 20
HIDDEN = "(discreet: v shows it)"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: a heading, or something about one person.

    Attributes:
        key: What makes it the same line when it is shown again.
        kind: heading, refused, question, gone, changed or new.
        words: A heading's words, or the name of whom a question is about.
        line: The person, with what would change.
        change: The one field a changed line is about.
        first: Whether it is the person's first line, which names them.
        refused: The row that is refused.
        question: What is asked.
    """

    key: str
    kind: str
    words: str = ""
    line: IntakeLine | None = None
    change: FieldChange | None = None
    first: bool = True
    refused: Refused | None = None
    question: Question | None = None


def items(intake: Intake) -> list[Item]:
    """Every line of the list, with a heading over each sort that there is."""
    return [*_refused(intake), *_questions(intake), *_gone(intake), *_changed(intake), *_new(intake)]


def _refused(intake: Intake) -> Iterator[Item]:
    if intake.refused:
        yield Item(
            "h:refused", "heading", f"Refused {len(intake.refused)}: these rows are left out, the others are not"
        )
    for at, one in enumerate(intake.refused):
        yield Item(f"r:{at}", "refused", refused=one)


def _questions(intake: Intake) -> Iterator[Item]:
    asked = to_ask(intake)
    if asked:
        yield Item("h:asked", "heading", f"Questions {len(asked)}: what the extract cannot settle")
    names = {line.number: _name(line) for line in intake.lines}
    for at, one in enumerate(asked):
        yield Item(f"q:{at}", "question", names.get(one.number, ""), question=one)


def _gone(intake: Intake) -> Iterator[Item]:
    yield from _people(intake, "gone", "Gone {}: not here by this file. Nobody is deleted; each case asks")


def _new(intake: Intake) -> Iterator[Item]:
    yield from _people(intake, "new", "New {}")


def _people(intake: Intake, what: str, heading: str) -> Iterator[Item]:
    found = [line for line in intake.lines if line.what == what]
    if found:
        yield Item(f"h:{what}", "heading", heading.format(len(found)))
    for line in found:
        yield Item(f"{what}:{line.number}", what, line=line)


def _changed(intake: Intake) -> Iterator[Item]:
    found = [line for line in intake.lines if line.what == "changed"]
    if found:
        yield Item("h:changed", "heading", f"Changed {len(found)}")
    for line in found:
        for at, change in enumerate(line.changes):
            yield Item(f"changed:{line.number}:{change.fact}", "changed", line=line, change=change, first=at == 0)


def value_words(value: str, today: date) -> str:
    """A kept value as people say it: dates in words, choices without hyphens, nothing as `not known`."""
    if not value:
        return "not known"
    try:
        if len(value) == 10:
            return _day(date.fromisoformat(value), today)
        if len(value) == 16:
            moment = datetime.fromisoformat(value)
            return f"{_day(moment.date(), today)} {moment:%H:%M}"
    except ValueError:
        pass
    return value


def _day(day: date, today: date) -> str:
    return short_date(day, today).partition(" ")[2]


class IntakeList(Listing[Item]):
    """The list. `today` says dates, `reveal` whether discreet values show."""

    today: date = date.min
    reveal: bool = False

    def key_of(self, item: Item) -> str:
        """What the line is about."""
        return item.key

    def selectable(self, item: Item) -> bool:
        """Headings are passed over."""
        return item.kind != "heading"

    def head(self, item: Item, width: int, cursor: bool) -> Line:
        """The one line of it."""
        if item.kind == "heading":
            return [Piece(item.words, Ink.STRONG)]
        if item.refused is not None:
            return self._refused(item.refused, width, cursor)
        if item.question is not None:
            return self._question(item.question, item.words, width, cursor)
        if item.line is None:
            return []
        who = self._who(item.line, cursor) if item.first else [Piece(" " * (_NUMBER + _NAME + 3))]
        if item.change is not None:
            return [*who, *self._change(item.change, width - _NUMBER - _NAME - 3)]
        return [*who, Piece(cut(self._about(item.line), width - _NUMBER - _NAME - 3), Ink.DIM)]

    def beneath(self, item: Item, width: int) -> list[Line]:
        """What does not fit into the line, for the one under the cursor."""
        if item.refused is not None:
            one = item.refused
            value = f": “{one.value}”" if one.value else ""
            return self._indented(f"{one.reason} ({one.field}{value})", width)
        if item.question is not None:
            return self._indented(self._asked(item.question), width)
        if item.line is not None and item.kind == "new":
            return self._indented(self._everything(item.line), width)
        if item.change is not None:
            said = f"{item.change.label}: {self._said(item.change)}"
            return self._indented(said, width) if len(said) > width - _NUMBER - _NAME - 6 else []
        return []

    def _who(self, line: IntakeLine, cursor: bool) -> Line:
        return [
            Piece(f"  {pad(line.number, _NUMBER)}", Ink.DIM),
            Piece(pad(_name(line), _NAME) + " ", Ink.TEXT, cursor),
        ]

    def _change(self, change: FieldChange, width: int) -> Line:
        label = pad(change.label, min(_LABEL, width // 2))
        return [Piece(label + " ", Ink.DIM), Piece(cut(self._said(change), width - len(label) - 1))]

    def _said(self, change: FieldChange) -> str:
        if facts()[change.fact].discreet and not self.reveal:
            return HIDDEN
        before, after = (value_words(value, self.today) for value in (change.before, change.after))
        return f"{before} → {after}" if current().unicode else f"{before} -> {after}"

    def _about(self, line: IntakeLine) -> str:
        known = {change.fact: change.after for change in line.changes}
        said = [known.get("cell", ""), known.get("legal-status", "").replace("-", " ")]
        if release := known.get("release-date") or known.get("conditional-release"):
            said.append(f"out {value_words(release, self.today)}")
        return current().dot.join(part for part in said if part)

    def _everything(self, line: IntakeLine) -> str:
        known = facts()
        said = [
            f"{change.label} {value_words(change.after, self.today)}"
            for change in line.changes
            if change.fact not in ("surname", "forenames") and (self.reveal or not known[change.fact].discreet)
        ]
        hidden = sum(known[change.fact].discreet for change in line.changes)
        if hidden and not self.reveal:
            said.append(f"{hidden} discreet, shown with v")
        return "; ".join(said)

    def _refused(self, one: Refused, width: int, cursor: bool) -> Line:
        where = pad(f"line {one.line}", 11)
        head = [Piece(f"  {where}", Ink.DIM), Piece(pad(one.number or "no number", _NUMBER + 1), Ink.TEXT, cursor)]
        return [*head, Piece(cut(one.reason, width - 14 - _NUMBER), Ink.OVERDUE)]

    def _question(self, one: Question, name: str, width: int, cursor: bool) -> Line:
        who = pad(name, _NAME) + " " if name else ""
        head = [
            Piece(f"  {pad(one.number, _NUMBER)}", Ink.DIM if who else Ink.TEXT, cursor),
            Piece(who, Ink.TEXT, cursor),
        ]
        reason = one.reason if self.reveal or not gives_away(one.reason) else HIDDEN
        return [*head, Piece(cut(reason, width - 2 - _NUMBER - len(who)), Ink.UNKNOWN)]

    def _asked(self, one: Question) -> str:
        said = f"{one.reason} {one.evidence}".strip() if one.evidence else one.reason
        return said if self.reveal or not gives_away(said) else "What it asks is discreet: v shows it."

    def _indented(self, text: str, width: int) -> list[Line]:
        lines = wrap([Piece(text, Ink.DIM)], width - _NUMBER - 4)
        return [[Piece(" " * (_NUMBER + 2)), *line] for line in lines[:8]]


def _name(line: IntakeLine) -> str:
    surname, _, forenames = line.name.partition(" ")
    return f"{surname.upper()} {forenames}".strip()
