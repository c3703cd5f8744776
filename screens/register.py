"""The register of a case: people, needs, interventions and holds, assessments, risk and restrictions, changes."""

from datetime import date

from db import planning as pl
from db.plan_telling import line_of, value_in_words
from db.rows import FactRow, State
from policy.facts import facts
from policy.planning import programme_title, programmes
from policy.register import Kind, register
from screens.actions import bindings
from screens.case_words import said_fact
from screens.plan_room import PlanRoom
from screens.plan_words import HIDDEN
from screens.sheet import Sheet, SheetLine, heading
from widgets.discretion import gives_away
from widgets.lines import Piece
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import day_of, short_date


class _Reveal:
    """Stands for what waits to be revealed."""


_REVEAL = _Reveal()


class RegisterScreen(PlanRoom):
    """Sections one under another; what is past stands in grey beneath what counts."""

    PLACE = "register"
    FOOTER = (("Enter", "open"), "entry", ("Tab", "next section"), "reveal", "plan", "help")
    BINDINGS = bindings("entry")
    PAPER = "case-summary"

    def lines(self, plan: pl.Plan) -> list[SheetLine]:
        """Each section: its facts, its entries, and the line that adds one."""
        shown: list[SheetLine] = []
        for name, section in register().section.items():
            kinds = {key for key, kind in register().kind.items() if kind.section == name}
            entries = [one for one in plan.entries if one.kind in kinds]
            shown.append(heading(section.title, _counts(entries)))
            held = {fact.fact: fact for fact in self.detail.facts} if self.detail else {}
            counting = [one for one in entries if not one.over and not one.superseded]
            named = {one.fields.get("role") for one in counting if one.kind == "person"}
            own = [fact for fact in section.facts if fact in held and pl.ROLE_OF_FACT.get(fact) not in named]
            shown += self._facts([held[fact] for fact in own if _listed(held[fact])])
            shown += [self._entry(one) for one in counting]
            shown += [self._entry(one) for one in entries if one.over or one.superseded]
            add = Piece("  a adds one", Ink.DIM)
            shown.append(SheetLine(f"head {name}", (add,), data=name))
        return shown

    def _facts(self, facts: list[FactRow]) -> list[SheetLine]:
        """The facts at the head of a section; those that are discreet in one line until they are revealed."""
        hidden = [fact for fact in facts if fact.discreet and not self.reveal]
        shown = [self._fact(fact) for fact in facts if fact not in hidden]
        if hidden:
            verb, what = ("is", "it") if len(hidden) == 1 else ("are", "them")
            words = f"  {len(hidden)} {verb} discreet: v shows {what}."
            shown.append(SheetLine(f"hidden {hidden[0].fact}", (Piece(words, Ink.DIM),), data=_REVEAL))
        return shown

    def _fact(self, fact: FactRow) -> SheetLine:
        """A fact; one that is not known says for how long."""
        said = said_fact(fact, self.names)
        if fact.known:
            value, ink, mark = said.value, Ink.TEXT, " "
        else:
            value, ink, mark = f"not known{self._since()}", Ink.UNKNOWN, current().mark(State.UNKNOWN)
        since = short_date(day_of(fact.effective), self.today) if fact.effective else ""
        right = (Piece(f"{fact.source} {since}".strip(), Ink.DIM),) if fact.known and since else ()
        left = (Piece(f"{mark} ", Ink.UNKNOWN), Piece(f"{fact.label}: ", Ink.DIM), Piece(value, ink))
        return SheetLine(f"fact {fact.fact}", left, right, data=fact)

    def _since(self) -> str:
        """For how long somebody here has been without it."""
        known = {fact.fact: fact.value for fact in self.detail.facts if fact.known} if self.detail else {}
        arrival = known.get("arrival") or known.get("custody-start", "")[:10]
        days = (self.today - date.fromisoformat(arrival)).days if arrival else 0
        return f" for {days} days" if days > 1 else ""

    def _entry(self, one: pl.EntryRow) -> SheetLine:
        kind = register().kind[one.kind]
        line = line_of(kind, one.fields, reveal=self.reveal)
        hidden = not self.reveal and (one.hidden or gives_away(line))
        past = one.over or one.superseded
        state = self._state(kind, one)
        name = "" if kind.section in ("people", "needs") else f"{kind.one}: "
        label = "" if hidden and gives_away(name) else name
        left = (
            Piece(f"{current().mark(state) if not past else ' '} ", ink_of(state)),
            Piece(label, Ink.DIM),
            Piece(HIDDEN if hidden else line or "nothing more written", Ink.DIM if past or hidden else Ink.TEXT),
        )
        right = (Piece(self._when(kind, one), Ink.DIM),)
        more = () if hidden else tuple(self._more(kind, one))
        return SheetLine(f"entry {one.kind} {one.id}", left, right, more, one)

    def _state(self, kind: Kind, one: pl.EntryRow) -> State:
        review = one.fields.get(kind.review, "") if kind.review else ""
        if review:
            day = date.fromisoformat(review)
            return State.OVERDUE if day < self.today else State.TODAY if day == self.today else State.CLEAR
        if one.kind == "individual-need" and not one.fields.get("done"):
            return State.UNKNOWN
        return State.CLEAR

    def _when(self, kind: Kind, one: pl.EntryRow) -> str:
        if one.superseded:
            return f"superseded, {short_date(one.on, self.today)}"
        if one.over:
            return f"past, {short_date(one.on, self.today)}"
        waiting = one.fields.get("waiting", "")
        if one.fields.get("status") == "waiting" and waiting:
            return f"waiting {(self.today - date.fromisoformat(waiting)).days} days"
        return short_date(one.on, self.today)

    def _more(self, kind: Kind, one: pl.EntryRow) -> list[tuple[Piece, ...]]:
        """What the line has no room for, and what else may serve where an intervention is not to be had."""
        told: list[tuple[Piece, ...]] = []
        for field in kind.fields:
            value = one.fields.get(field.name, "")
            if value and field.name not in kind.line and (self.reveal or not field.discreet):
                words = " ".join(value_in_words(field, value).split())
                told.append((Piece(f"{field.label}: ", Ink.DIM), Piece(words)))
        programme = programmes().get(one.fields.get("programme", ""))
        if programme and programme.instead and one.fields.get("here") == "no":
            others = ", ".join(programme_title(name).lower() for name in programme.instead)
            told.append((Piece("What may serve instead: ", Ink.DIM), Piece(others)))
        return told

    def on_sheet_chosen(self, message: Sheet.Chosen) -> None:
        """Open the entry or the fact, or add one."""
        message.stop()
        match message.line.data:
            case pl.EntryRow() as entry:
                self.open("entry", f"{entry.kind} {entry.id}")
            case FactRow() as fact:
                self.open("fact", fact.fact)
            case _Reveal():
                self.action_reveal()
            case str():
                self.action_entry()

    def action_entry(self) -> None:
        """Add an entry to the section the cursor is in; of several kinds one is chosen first."""
        section = self._section()
        kinds = [name for name, kind in register().kind.items() if kind.section == section]
        if len(kinds) == 1:
            self.open("entry", f"{kinds[0]} ")
        else:
            self.open("entry-kind", section)

    def _section(self) -> str:
        shown = self.sheet.lines_shown
        for line in shown[self.sheet.cursor :]:
            if isinstance(line.data, str):
                return line.data
        return next(iter(register().section))


def _listed(fact: FactRow) -> bool:
    """Whether a fact is listed: one in free text has no known no, so that it says nothing while it is not known."""
    return fact.known or facts()[fact.fact].type != "text"


def _counts(entries: list[pl.EntryRow]) -> str:
    unmet = sum(one.kind == "individual-need" and not one.over and not one.fields.get("done") for one in entries)
    return f"{unmet} with nothing done yet" if unmet else ""
