"""Which cases the caseload shows: mine, a wing's, all; and of those only some."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from db.errors import RecordError
from db.rows import Filter, State
from screens.asking import AskingForm
from screens.base import Sitting, rooms
from screens.duty_field import DutyField
from screens.filter_words import Narrows, decode, home
from screens.foot import FootEntry
from screens.routes import Route
from widgets.choices import Choice, Option, Tick
from widgets.fields import TextField
from widgets.form import Field
from widgets.words import state_words

ANY = ""
MOST_WINGS = 14
_STATES = (
    (State.SAFETY, "s"),
    (State.OVERDUE, "o"),
    (State.TODAY, "t"),
    (State.WEEK, "7"),
    (State.UNKNOWN, "c"),
    (State.OPEN, "p"),
    (State.LATER, "l"),
    (State.CLEAR, "r"),
)
_DUE_NOW = (State.SAFETY, State.OVERDUE, State.TODAY)
_TIERS = [
    Option(ANY, "any", "a"),
    *(Option(str(tier), str(tier)) for tier in range(1, 5)),
    Option("?", "not known", "n"),
]


class FilterForm(AskingForm):
    """Asks which cases to show, and tells the room beneath."""

    TITLE_WORDS = "Show only some cases"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "show them"),
        ("leave", "leave it as it was"),
        ("Tab", "next field"),
        "keys",
    )

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """Begin with the filter in the route's `detail`."""
        super().__init__(sitting, route)
        self._now = decode(route.detail, home(sitting.actor))
        self._wings: tuple[str, ...] = ()

    def subject(self) -> str:
        """Nobody in particular."""
        return ""

    def fields(self) -> Iterable[Field]:
        """Whose, where, what, how urgent."""
        now = self._now
        yield Choice("Whose", [("mine", "mine"), ("all", "everybody's")], id="who", value=self._who(now), required=True)
        yield self._wing(now)
        yield Choice("Stands", self._states(), id="state", value=self._state(now))
        yield DutyField("Duty", id="duty", value=now.duty)
        tier = "?" if now.tier_unknown else ANY if now.tier is None else str(now.tier)
        yield Choice("Tier", _TIERS, id="tier", value=tier)
        yield Tick("Recalled", "only people who were recalled", id="recalled", ticked=now.recalled)
        yield Tick("Not seen", "only people nobody has met for 60 days", id="unseen", ticked=now.unseen)

    def answered(self, typed: Mapping[str, str]) -> None:
        """Tell the room beneath: the caseload, or the diary over it, each with a filter of its own."""
        wanted = self._wanted(typed)
        for room in reversed(rooms(self.app.screen_stack)):
            if isinstance(room, Narrows):
                room.narrow(wanted)
                return

    def _wanted(self, typed: Mapping[str, str]) -> Filter:
        wing, state, tier = typed["wing"], typed["state"], typed["tier"]
        whose = "mine" if typed["who"] == "mine" else "wing" if wing else "all"
        states = _DUE_NOW if state == "now" else (State(state),) if state else ()
        return Filter(
            whose,
            "",
            wing,
            states,
            typed["duty"],
            int(tier) if tier.isdigit() else None,
            tier == "?",
            typed["recalled"] == "yes",
            typed["unseen"] == "yes",
        )

    def _who(self, now: Filter) -> str:
        return "mine" if now.who == "mine" else "all"

    def _wing(self, now: Filter) -> Field:
        from db.views import wings

        try:
            known = wings()
        except RecordError:
            known = ()
        if now.wing and now.wing not in known:
            known = (*known, now.wing)
        if len(known) > MOST_WINGS:
            return TextField("Wing", id="wing", value=now.wing, help="any wing")
        letters = [Option(ANY, "any", "-")] + [Option(wing, wing, wing[-1].lower()) for wing in known]
        if len({option.key for option in letters}) < len(letters):
            letters = [Option(option.value, option.words) for option in letters]
        return Choice("Wing", letters, id="wing", value=now.wing)

    def _states(self) -> list[Option]:
        return [
            Option(ANY, "any", "a"),
            Option("now", "late or today", "e"),
            *(Option(state.value, state_words(state), key) for state, key in _STATES),
        ]

    def _state(self, now: Filter) -> str:
        if now.states == _DUE_NOW:
            return "now"
        return now.states[0].value if now.states else ANY
