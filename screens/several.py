"""Forms about several people at once.

What will apply and what will not is shown, person by person, before anything is saved; all of it is written together
and undone together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.widget import Widget

from db import commands, roles, views
from db.errors import Invalid
from db.rows import CaseRow, Changed, Contact, DutyRow, Role, State
from db.several import Prospect, logging, meetable, of_rule, putting_off, shared
from db.views.several import chosen
from screens.base import Sitting
from screens.case_fields import Hint, StaffField, moment_in
from screens.contact import KINDS
from screens.duty_field import DutyField, title_of
from screens.foot import Foot
from screens.forms import FormScreen
from screens.routes import Route
from screens.several_words import numbers_in, people_words
from screens.words import Words
from widgets.choices import Choice, TickItem, TickList
from widgets.fields import DateField, LongText, TextField, TimeField
from widgets.form import Field
from widgets.lines import Line, Piece, cut, pad, wrap
from widgets.listing import FormListing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import bare_title, day_of, long_date

_READS = "Your role reads; it records nothing."
_NOBODY = "Nobody is selected who is still in the record."
_NAME, _NUMBER = 24, 8


class Prospects(FormListing[Prospect]):
    """One line a person: whether it applies, who, and what there is to say; those it does not apply to first."""

    def tell(self, prospects: Sequence[Prospect]) -> None:
        """Show these, from the top."""
        self.show(sorted(prospects, key=lambda one: (one.applies, one.row.name)))
        self.action_first()

    def key_of(self, item: Prospect) -> str:
        """The prisoner number."""
        return item.row.number

    def head(self, item: Prospect, width: int, cursor: bool) -> Line:
        """Mark, name, number, and what comes of it."""
        state = State.CLEAR if item.applies else State.OVERDUE
        mark = f"{current().mark(state)} "
        says = item.says if item.applies else f"not: {item.says}"
        return [
            Piece(mark, ink_of(state)),
            Piece(pad(item.row.name, _NAME) + " ", Ink.TEXT, cursor),
            Piece(pad(item.row.number, _NUMBER) + " ", Ink.DIM),
            Piece(cut(says, width - len(mark) - _NAME - _NUMBER - 2), Ink.DIM if item.applies else ink_of(state)),
        ]

    def beneath(self, item: Prospect, width: int) -> list[Line]:
        """All there is to say, where the line has no room for it."""
        if not self.has_focus or len(item.says) <= width - _NAME - _NUMBER - 9:
            return []
        return [[Piece("    "), *line] for line in wrap([Piece(item.says, Ink.DIM)], width - 6)]


class SeveralForm(FormScreen):
    """A form about the people its route names. Subclasses say what would become of them (`prospects`)."""

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About those who were selected, as they stand now."""
        super().__init__(sitting, route)
        self.people = chosen(sitting.actor, sorted(numbers_in(route.detail)), sitting.today)
        self._preview = Prospects()
        self._come_to = Words("", id="come-to")
        self._refusal = _READS if not roles.may(sitting.actor, "work") else "" if self.people else _NOBODY
        if self._refusal:
            self._foot = Foot(("leave", "keys"))

    def subject(self) -> str:
        """How many."""
        return people_words(len(self.people))

    def asked(self) -> Iterable[Widget]:
        """The fields above the preview. Subclasses override this."""
        raise NotImplementedError

    def prospects(self, typed: Mapping[str, str]) -> tuple[Prospect, ...]:
        """What would become of each. Subclasses override this."""
        raise NotImplementedError

    def fields(self) -> Iterable[Widget]:
        """What is asked, what it comes to, and for whom."""
        if self._refusal:
            yield Words(f"{self._refusal} Esc leaves.", ink=Ink.TODAY)
            return
        yield from self.asked()
        yield self._come_to
        yield self._preview

    def on_mount(self) -> None:
        """Begin with the first field and what it comes to so far."""
        super().on_mount()
        self._look()

    def on_field_changed(self, event: Field.Changed) -> None:
        """What is typed may apply to others."""
        super().on_field_changed(event)
        self._look()

    def _look(self) -> None:
        if self._refusal:
            return
        found = self.prospects(self.form.texts())
        going = sum(one.applies for one in found)
        said = f"Applies to {people_words(going)}"
        self._come_to.text = (
            f"{said}, not to {len(found) - going}: they stand first." if going < len(found) else f"{said}."
        )
        self._preview.tell(found)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing may be done there is nothing to save."""
        if action == "save" and self._refusal:
            return False
        return super().check_action(action, parameters)


class ContactSeveralForm(SeveralForm):
    """One contact with several people, such as a group session."""

    TITLE_WORDS: ClassVar[str] = "Log one contact with several"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About those who were selected."""
        super().__init__(sitting, route)
        self._rules = shared(self.people, sitting.actor)
        self._kind = "note" if sitting.actor.role is Role.ADMINISTRATOR else "meeting"

    def asked(self) -> Iterable[Widget]:
        """Kind, when, where, who, what was said, and which duties it meets."""
        kinds = [kind for kind in KINDS if self.actor.role is not Role.ADMINISTRATOR or kind.value not in _MEETINGS]
        yield Choice("Kind", kinds, id="kind", value=self._kind, required=True)
        yield TimeField("When", id="when", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield TextField("Where", id="where", help="group room, workshop, visits")
        yield StaffField("Who", views.staff(), id="who", value=self.actor.staff, required=True)
        yield LongText("What was said", id="text", required=True, lines=2)
        yield TickList("This also meets", self._items(), id="meets", empty="No duty that this kind of contact meets.")

    def _items(self) -> tuple[TickItem, ...]:
        """The duties a contact of this kind can meet; none is ticked, since a group is not one person's meeting."""
        return tuple(
            TickItem(rule, bare_title(duty, self.office), None, f"{many} of {len(self.people)}")
            for rule, (duty, many) in self._rules.items()
            if meetable(rule, self._kind)
        )

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another kind of contact meets other duties."""
        if event.field.id == "kind" and event.field.value != self._kind:
            self._kind = event.field.value
            ticks = self.form.field("meets")
            if isinstance(ticks, TickList):
                ticks.show(self._items())
        super().on_field_changed(event)

    def prospects(self, typed: Mapping[str, str]) -> tuple[Prospect, ...]:
        """Logged with everybody who is here, meeting what each of them has."""
        return logging(self.people, [rule for rule in typed["meets"].split(",") if rule])

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing has been said on a day to come, and to nobody."""
        day = day_of(moment_in(typed["when"]))
        if day > self.today:
            return {"when": f"{long_date(day)} has not come yet."}
        applies = any(one.applies for one in self.prospects(typed))
        return {} if applies else {"text": "Nobody of these is here any more. Esc leaves."}

    def submit(self) -> Changed:
        """Record it for all to whom it applies."""
        typed = self.typed
        contact = Contact(typed["kind"], moment_in(typed["when"]), typed["text"], where=typed["where"], by=typed["who"])
        meets = {one.row.number: one.duties for one in self.prospects(typed) if one.applies}
        return commands.log_for_several(self.actor, meets, contact, self.today)


class DeferSeveralForm(SeveralForm):
    """One duty put off for several people, to one day, for one reason."""

    TITLE_WORDS: ClassVar[str] = "Put a duty off for several"

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """About those who were selected, and what of theirs can be put off."""
        super().__init__(sitting, route)
        self._rules = {
            rule: (duty, many)
            for rule, (duty, many) in shared(self.people, sitting.actor).items()
            if any(_can_wait(own) for one in self.people for own in of_rule(one.row, rule))
        }
        if not self._refusal and not self._rules:
            self._refusal = "None of them has a duty with a date that could be put off."
            self._foot = Foot(("leave", "keys"))

    def asked(self) -> Iterable[Widget]:
        """Which duty, to which day, why."""
        yield DutyField("Duty", id="duty", value=self._first())
        have = ", ".join(f"{title_of(rule)} {many}" for rule, (_, many) in list(self._rules.items())[:_NAMED])
        more = f" and {len(self._rules) - _NAMED} others" if len(self._rules) > _NAMED else ""
        yield Hint(f"They have: {have}{more}.")
        yield DateField("To", id="to", today=self.today, lean="future", required=True, help="like 2/3, thu or +7")
        yield LongText("Why", id="why", required=True, lines=2)

    def _first(self) -> str:
        """What is offered first: of what is late or due within a week the duty most of them have, else of all."""
        pressing = [rule for one in self.people for rule in _pressing(one.row)]
        counted = Counter(rule for rule in pressing if rule in self._rules).most_common(1)
        return counted[0][0] if counted else next(iter(self._rules))

    def prospects(self, typed: Mapping[str, str]) -> tuple[Prospect, ...]:
        """Put off for whoever has it and may have it put off so far."""
        return putting_off(self.people, typed["duty"], _day(typed["to"]), self.today)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Somebody must have it, and be allowed to have it put off so far."""
        if not typed["duty"]:
            return {"duty": "Which duty? Type part of its name."}
        found = self.prospects(typed)
        if any(one.applies for one in found):
            return {}
        return {"to": next((one.says for one in found if one.says), "It applies to nobody.")}

    def submit(self) -> Changed:
        """Record it for all to whom it applies."""
        typed, to = self.typed, _day(self.typed["to"])
        if to is None:
            raise Invalid("To which day?", field="to")
        duties = {one.row.number: one.duties for one in self.prospects(typed) if one.applies}
        return commands.defer_several(self.actor, duties, to, typed["why"], self.today)


_MEETINGS = frozenset({"meeting", "video"})
_NAMED = 4
_LAST_PRESSING = 5


def _pressing(row: CaseRow) -> dict[str, None]:
    """The rules of what is late or due within a week and can wait, the most urgent first."""
    return dict.fromkeys(duty.id for duty in row.duties if _can_wait(duty) and (duty.rank or 9) <= _LAST_PRESSING)


def _can_wait(duty: DutyRow) -> bool:
    return duty.due is not None and duty.deferred_to is None and duty.state is not State.SAFETY


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
