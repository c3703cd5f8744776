"""The forms of a recall under way: reviews and decisions, proposals, barriers, what is kept, papers, release."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget

from db.commands import recall, recall_work
from db.rows import Changed
from policy.recall_words import OUTCOMES, Word, recall_words
from screens.recall_barriers import BarriersBeside
from screens.recall_start import RecallForm, day_in
from widgets.choices import Choice, Option, TickItem, TickList
from widgets.fields import DateField, LongText, TextField
from widgets.words import short_date


def _options(words: Iterable[Word]) -> list[Option]:
    return [Option(one.id, one.label) for one in words]


class DecideForm(RecallForm):
    """A formal review or a decision: what came of it sets the next clock."""

    TITLE_WORDS: ClassVar[str] = "Review or decision"

    def asked(self) -> Iterable[Widget]:
        """What, when, what came of it, and what next; what is in the way."""
        kinds = [Option(one, one) for one in recall_work.DECIDES]
        yield Choice("What", kinds, id="what", value=recall_work.FORMAL, required=True)
        yield DateField("When", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield Choice("Outcome", [Option(*one) for one in OUTCOMES.items()], id="outcome", required=True)
        yield LongText("Why", id="why", lines=2, help="the reasons, as they are to be explained")
        yield DateField("Next review", id="next", today=self.today, lean="future", help="if a day was set")
        yield DateField("Release on", id="release", today=self.today, lean="future", help="if a day was set")
        yield BarriersBeside(self.recall.barriers, self.today, self.office)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing is decided on a day to come."""
        return self.not_ahead(typed, "on")

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        return recall_work.decide(
            self.actor,
            self.origin.case,
            typed["what"],
            typed["outcome"],
            self.today,
            on=day_in(typed, "on"),
            why=typed["why"],
            next=day_in(typed, "next"),
            release=day_in(typed, "release"),
        )


class ProposeForm(RecallForm):
    """Re-release is proposed: by whom, by which route, why."""

    TITLE_WORDS: ClassVar[str] = "Re-release proposed"

    def asked(self) -> Iterable[Widget]:
        """By whom, by which route, when, why."""
        yield TextField("By", id="by", required=True, help="offender manager, supervisor, the person")
        yield Choice("Route", _options(recall_words().route), id="route", required=True)
        yield DateField("When", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past")
        yield LongText("Why", id="why", lines=2, help="what makes it safe")

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing is proposed on a day to come."""
        return self.not_ahead(typed, "on")

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        return recall_work.propose(
            self.actor, self.origin.case, typed["by"], typed["route"], typed["why"], self.today, day_in(typed, "on")
        )


class BarrierForm(RecallForm):
    """A barrier to re-release: a new one, or (the route's cursor) how one stands now."""

    TITLE_WORDS: ClassVar[str] = "Barrier to re-release"

    def asked(self) -> Iterable[Widget]:
        """What, whose, what is done by when, what else would do; for one that is there, whether it is gone."""
        now = next((one for one in self.recall.barriers if one.key == self.origin.cursor), None)
        yield Choice("What", _options(recall_words().barrier), id="what", value=now.what if now else "", required=True)
        yield TextField("About", id="about", value=now.about if now else "", help="in a few words")
        yield TextField("Whose", id="owner", value=now.owner if now else "", required=True, help="who deals with it")
        yield LongText("Action", id="action", value=now.action if now else "", required=True, lines=2)
        by = now.by.isoformat() if now and now.by else ""
        yield DateField("By", id="by", today=self.today, value=by, lean="future", help="by when")
        alternatives = now.alternatives if now else ""
        yield LongText("Instead", id="alternatives", value=alternatives, lines=1,
                       help="what else would do, where an intervention is not to be had")  # fmt: skip
        if now:
            gone = now.removed.isoformat() if now.removed else ""
            yield DateField("Gone since", id="removed", today=self.today, value=gone, lean="past", help="once it is")
            yield TextField("Outcome", id="outcome", value=now.outcome, help="how it went away")

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing is gone on a day to come."""
        return self.not_ahead(typed, "removed")

    def submit(self) -> Changed:
        """Record it."""
        return recall_work.barrier(self.actor, self.origin.case, self.typed, self.today, self.origin.cursor)


class KeepForm(RecallForm):
    """Progress and social capital to keep: people, a job, a home, a course."""

    TITLE_WORDS: ClassVar[str] = "To keep"

    def asked(self) -> Iterable[Widget]:
        """What, and what is done to keep it."""
        now = next((one for one in self.recall.kept if one.key == self.origin.cursor), None)
        yield Choice("What", _options(recall_words().keep), id="what", value=now.what if now else "", required=True)
        yield LongText("What it is", id="about", value=now.about if now else "", required=True, lines=2)
        yield LongText("To keep it", id="action", value=now.action if now else "", lines=2, help="who does what")

    def submit(self) -> Changed:
        """Record it."""
        return recall_work.keep(self.actor, self.origin.case, self.typed, self.today, self.origin.cursor)


class PapersForm(RecallForm):
    """The papers of the dossier: those ticked are here."""

    TITLE_WORDS: ClassVar[str] = "Papers of the dossier"

    def asked(self) -> Iterable[Widget]:
        """Every paper with a tick, and the day those newly ticked came."""
        items = [
            TickItem(
                one.id,
                one.label,
                due=f"since {short_date(one.received, self.today)}" if one.received else "",
                ticked=one.received is not None,
            )
            for one in self.recall.papers
        ]
        yield TickList("Here", items, id="papers", empty="This recall has no papers.")
        yield DateField("Came on", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past",
                        help="those ticked now")  # fmt: skip

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nothing came on a day to come."""
        return self.not_ahead(typed, "on")

    def submit(self) -> Changed:
        """Record what changed."""
        ticked = set(self.typed["papers"].split(","))
        day = day_in(self.typed, "on")
        given = {
            one.id: day if one.id in ticked else None
            for one in self.recall.papers
            if (one.id in ticked) != (one.received is not None)
        }
        return recall_work.papers(self.actor, self.origin.case, given, self.today)


class ReleasedForm(RecallForm):
    """Released: the recall is over, everything stays to be read."""

    TITLE_WORDS: ClassVar[str] = "Released from recall"

    def asked(self) -> Iterable[Widget]:
        """When, by which route, where to."""
        now = self.recall.now
        route = "automatic" if now and now.type == "fixed-term" else ""
        yield DateField(
            "Released on", id="on", today=self.today, value=self.today.isoformat(), required=True, lean="past"
        )
        yield Choice("Route", _options(recall_words().route), id="route", value=route, required=True)
        yield TextField("Where to", id="to", help="settled, supported, approved premises; no full address")
        yield LongText("Note", id="why", lines=1)

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """Nobody is released on a day to come."""
        return self.not_ahead(typed, "on")

    def submit(self) -> Changed:
        """Record it."""
        typed = self.typed
        day = day_in(typed, "on") or self.today
        return recall.released(
            self.actor, self.origin.case, day, typed["route"], self.today, to=typed["to"], why=typed["why"]
        )


class CallOffForm(RecallForm):
    """Somebody expected does not come: the recall was called off."""

    TITLE_WORDS: ClassVar[str] = "Recall called off"

    def asked(self) -> Iterable[Widget]:
        """Why."""
        yield LongText("Why", id="why", required=True, lines=2, help="rescinded; held elsewhere; who said so")

    def submit(self) -> Changed:
        """Record it."""
        return recall.call_off(self.actor, self.origin.case, self.typed["why"], self.today)
