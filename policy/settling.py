"""The dates of a duty that is still to be done, settled: paused, started late, capped, put off, explained."""

from datetime import date

import msgspec

from policy import explain
from policy.anchors import NOTHING, Scene, When, Worked, day_worked
from policy.calendar import Moment, day_of
from policy.case import Event
from policy.due import FAILED, LIVE, NOT_APPLICABLE, SAFETY, UNKNOWN, Due
from policy.late_start import late_start
from policy.moments import day_at
from policy.pauses import shifted
from policy.reading import latest
from policy.rule_text import OWNERS
from policy.rulebook import Rule, Variant
from policy.work import Work, declined_running

LONGEST_SHORT = 24  # characters of a discreet title


class Dates(msgspec.Struct):
    """When a duty opens and is due, the rule that says when it is due, and what they were worked out in."""

    opens: Worked
    due: Worked
    deadline: When | None
    scene: Scene


def make(
    rule: Rule,
    base: str,
    why: str,
    *,
    key: str = "",
    variant: Variant | None = None,
    opens: date | None = None,
    due: Moment | None = None,
    met_on: date | None = None,
    missing: tuple[str, ...] = (),
) -> Due:
    """A duty as it is called and owned by its rule."""
    text = rule.text
    title, short = _called(rule, variant)
    return Due(
        rule.id,
        key,
        title,
        short,
        text.owner,
        text.force,
        text.figure,
        base,
        opens,
        due,
        why,
        text.source,
        met_on=met_on,
        missing=missing,
    )


def _called(rule: Rule, variant: Variant | None) -> tuple[str, str]:
    """The title in full and the discreet one."""
    if variant is None:
        return rule.text.title, rule.short
    return variant.text.title or rule.text.title, variant.text.short or rule.short


def unknown(rule: Rule, missing: tuple[str, ...], key: str = "", variant: Variant | None = None) -> Due:
    """A duty that cannot be worked out: it names the facts that are missing."""
    why = f"{rule.text.words} {explain.missing_words(missing)}"
    return make(rule, UNKNOWN, why, key=key, variant=variant, missing=missing)


def not_begun(rule: Rule, key: str = "", variant: Variant | None = None) -> Due:
    """A duty that waits for an event nobody has recorded."""
    return make(rule, NOT_APPLICABLE, f"Not begun. {rule.text.words}", key=key, variant=variant)


def dates(rule: Rule, variant: Variant | None, scene: Scene) -> Dates:
    """When it opens and when it is due; whichever hangs on the other is worked out second."""
    opening = (variant and variant.opens) or rule.opens
    deadline = (variant and variant.due) or rule.due
    opens = opening.at(scene) if opening and not rule.opens_from_due else NOTHING
    scene.opens = opens.moment
    due = deadline.at(scene) if deadline else NOTHING
    if due.unrecorded and opens.missing:
        due = opens  # counted from the opening, which cannot be worked out
    elif due.name == "opens":
        due = Worked(due.moment, (), False, opens.name, opens.start, (*opens.steps, *due.steps), opens.since)
    return Dates(opens, _own(rule, due, scene), deadline, scene)


def _own(rule: Rule, due: Worked, scene: Scene) -> Worked:
    """The date somebody set, where they did; one that is mandatory or set gives way only to a sooner one."""
    own = rule.own.at(scene) if rule.own else NOTHING
    if own.moment is None:
        return due
    binds = rule.text.force == "mandatory" or rule.text.figure == "set"
    sooner = due.moment is None or day_of(own.moment) < day_of(due.moment)
    return own if sooner or not binds else due


def settle(
    rule: Rule,
    work: Work,
    found: Dates,
    since: date | None,
    records: list[Event],
    *,
    key: str = "",
    variant: Variant | None = None,
    met_on: date | None = None,
) -> Due:
    """A duty that is still to be done, with its dates as they stand."""
    opened, due = day_worked(found.opens), found.due
    dateless = rule.text.due_optional or (work.hearing and rule.hangs_on_release and opened is not None)
    if due.moment is None and not dateless:
        if due.missing:
            return unknown(rule, due.missing, key, variant)
        return not_begun(rule, key, variant)
    moment, notes = _moved(rule, work, found, opened, latest(since, due.since, found.opens.since))
    base = _base(rule, work, moment)
    if opened and moment and opened > day_of(moment):
        opened = day_of(moment)
    words = (variant and variant.text.words) or rule.text.words
    notes.unchecked = base == UNKNOWN
    why = explain.live(words, rule, work, due, moment, notes)
    owner, title, short = _arranged(rule, work, variant, records, found.scene.event)
    deferred_to = None
    if work.case.deferrals:
        own_dates = tuple(one.isoformat() for one in (moment, due.moment) if one is not None)
        deferred_to = work.deferred_to(rule, key, own_dates)
    text = rule.text
    return Due(
        rule.id,
        key,
        title,
        short,
        owner,
        text.force,
        text.figure,
        base,
        opened,
        moment,
        why,
        text.source,
        notes.first_applied is not None,
        work.book.calendar.on_or_before(day_of(moment)) if moment else None,
        deferred_to,
        met_on,
    )


def _moved(
    rule: Rule, work: Work, found: Dates, opened: date | None, since: date | None
) -> tuple[Moment | None, explain.Notes]:
    """The due date after pauses, late start and cap, and what is to be said of that."""
    moment, paused, first, capped = found.due.moment, 0, None, False
    if moment is not None:
        if work.away and rule.text.pauses:
            begun = opened or (day_of(found.due.start) if found.due.start else None)
            moment, paused = shifted(moment, begun, work.away, work.today)
        moment, first = late_start(rule, work, moment, since, found.deadline, found.scene)
        if (rule.text.cap or paused) and work.release is not None and day_of(moment) >= work.release:
            moment, capped = work.book.calendar.before(work.release), True
    beside = rule.beside.at(found.scene).moment if rule.beside else None
    return moment, explain.Notes(first, paused, capped, False, beside)


def _base(rule: Rule, work: Work, moment: Moment | None) -> str:
    if rule.text.safety:
        return SAFETY
    if moment is not None and _to_be_checked(rule, work, day_of(moment)):
        return UNKNOWN
    failed = day_at(rule.failed_after, work.plain)
    return FAILED if failed and work.reading.is_past(failed) else LIVE


def _to_be_checked(rule: Rule, work: Work, due: date) -> bool:
    """Whether it fell due before the first intake, or may have been done where somebody came from."""
    if work.case.here_before and due < work.case.here_before:
        return True
    if not rule.text.elsewhere or work.reading.ask("transferred-in").value != "yes":
        return False
    return work.reading.ask("nothing-told").value == "yes"


def _arranged(
    rule: Rule, work: Work, variant: Variant | None, records: list[Event], event: Event | None
) -> tuple[str, str, str]:
    """Whose it is and what it is called.

    Where there is no CRC its duties are the supervisor's to arrange (PSI4 1.7; TTG 2.19); what was declined
    twice running is the manager's; a referral or an activity belongs to whoever made or provides it.
    """
    title, short = _called(rule, variant)
    owner: str = rule.text.owner
    if event is not None and event.fields.get("owner") in OWNERS:
        owner = event.fields["owner"]
    if owner == "CRC" and not work.book.settings.resettlement_prison:
        arranged = f"Arrange: {short}"
        return "OS", f"Arrange: {title}", arranged if len(arranged) <= LONGEST_SHORT else short
    if rule.text.contact == "certain" and (times := declined_running(records)) >= 2:
        return "MAN", f"{title} (declined {'twice' if times == 2 else f'{times} times'})", short
    return owner, title, short
