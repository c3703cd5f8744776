"""Work on a recall: proposals, reviews and decisions, barriers, progress to keep, papers of the dossier."""

from collections.abc import Iterable, Mapping
from datetime import date

from db import entries, roles
from db import payloads as p
from db.commands.met import meet_in
from db.commands.recall import now
from db.commands.work import Work, changed, command, refuse_future, what_moved, words
from db.errors import Invalid, NotFound
from db.recall_start import put
from db.recall_story import decisions
from db.recalls import RecallRow
from db.rows import Actor, Changed
from policy.phrases import say
from policy.recall import FORMAL_REVIEWS, RELEASE
from policy.recall_words import OUTCOMES, Word, label_of, recall_words

FORMAL = "formal review"
DECIDES = (FORMAL, "Parole Board", "executive release", "other decision")
"""What can be decided, as it is called; a formal review also meets the review that is due."""


def _present(work: Work) -> RecallRow:
    """The present recall. Raises Invalid where there is none."""
    recall = now(work)
    if recall is None or not recall.open:
        raise Invalid("This person is not on recall. Nothing was saved.")
    return recall


def _one_of(known: Iterable[Word], given: str, what: str, field: str) -> None:
    ids = [one.id for one in known]
    if given not in ids:
        raise Invalid(f"{what} is one of {', '.join(ids)}; “{given}” is not. Nothing was saved.", field)


def propose(actor: Actor, case: str, by: str, route: str, why: str, today: date, on: date | None = None) -> Changed:
    """Record that re-release was proposed: by whom, by which route, why.

    Raises Invalid (no recall, no such route, nobody named, a day to come), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    day = on or today
    refuse_future(day, today)
    _one_of(recall_words().route, route, "A route", "route")
    who = words(by, "Who proposes it", longest=200)
    with command(actor, case, "propose re-release", today) as work:
        recall = _present(work)
        said = {"recall": recall.key, "by": who, "route": route, "why": why.strip()}
        work.add(p.RECALL_PROPOSAL, "", {name: text for name, text in said.items() if text}, on=day)
        work.sentence = f"re-release proposed by {who}"
    work.sentence = f"Re-release proposed by {who} ({label_of(recall_words().route, route)}): recorded."
    return changed(work)


def decide(
    actor: Actor,
    case: str,
    what: str,
    outcome: str,
    today: date,
    *,
    on: date | None = None,
    why: str = "",
    next: date | None = None,
    release: date | None = None,
) -> Changed:
    """Record a formal review or a decision: what came of it drives the next clock, and it is to be explained.

    `next`: the day set for the next review. `release`: the day of release that was set.

    Raises Invalid (no recall, no such outcome, a day in the wrong order), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    day = on or today
    refuse_future(day, today)
    if what not in DECIDES:
        raise Invalid(f"A decision is one of {', '.join(DECIDES)}. Nothing was saved.", "what")
    if outcome not in OUTCOMES:
        raise Invalid(f"An outcome is one of {', '.join(OUTCOMES)}; “{outcome}” is not. Nothing was saved.", "outcome")
    for ahead, field in ((next, "next"), (release, "release")):
        if ahead is not None and ahead < day:
            raise Invalid(f"{say(ahead)} is before the decision, {say(day)}. Nothing was saved.", field)
    with command(actor, case, f"recall: {what}", today) as work:
        recall = _present(work)
        if recall.returned is None or day < recall.returned:
            raise Invalid("That is before they were back. Nothing was saved.", "on")
        if what == FORMAL:
            _review(work, day, outcome, next, why)
        else:
            add_decision(work, what, day, {"outcome": outcome, "why": why.strip(), "next": _iso(next)})
        if release is not None:
            put(work, {"release-date": release.isoformat()}, day)
        elif outcome != RELEASE and _decided(work, recall.returned):
            put(work, {"release-date": None}, day)  # it has fallen through
        work.sentence = f"{what}: {OUTCOMES[outcome]}"
    work.sentence = f"{what[:1].upper()}{what[1:]}: {OUTCOMES[outcome]}. {what_moved(work, day)}".strip()
    return changed(work)


def _decided(work: Work, returned: date) -> bool:
    """Whether the last decision of this recall was release."""
    known = [one for one in decisions(work.before, returned) if one.outcome]
    return bool(known) and known[0].outcome == RELEASE


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _review(work: Work, on: date, outcome: str, next: date | None, why: str) -> None:
    """A formal review meets the one that is due: the first if there is one, else the annual one."""
    due = {duty.id for duty in work.duties() if duty.live and duty.id in FORMAL_REVIEWS}
    name = next_formal(due)
    if not name:
        raise Invalid(
            "No formal review is due in this recall: record it as another decision. Nothing was saved.", "what"
        )
    given = {"outcome": outcome, "next": _iso(next), "note": why.strip()}
    meet_in(work, name, on, {field: text for field, text in given.items() if text})


def next_formal(due: Iterable[str]) -> str:
    """Which of the formal reviews that are due comes first; "" where none is."""
    return next((name for name in FORMAL_REVIEWS if name in set(due)), "")


def add_decision(work: Work, what: str, on: date, said: Mapping[str, str]) -> None:
    """Add the decision that is then to be explained."""
    key = f"d{sum(row.kind == p.RECALL_DECISION for row in (*work.before, *work.rows)) + 1}"
    work.add(p.RECALL_DECISION, key, {"what": what, **{name: text for name, text in said.items() if text}}, on=on)


def barrier(actor: Actor, case: str, given: Mapping[str, str], today: date, key: str = "") -> Changed:
    """Record a barrier to re-release, or (`key`) how one stands now.

    `given`: what, about, owner, action, by (a date), alternatives; removed (a date) and outcome once it is gone.

    Raises Invalid (no recall, no such barrier, no owner or action), NotFound, NotAllowed, Stale.
    """
    roles.check_owner(actor, "OS")
    said = {name: text.strip() for name, text in given.items() if text.strip()}
    _one_of(recall_words().barrier, said.get("what", ""), "A barrier", "what")
    for name, label in (("owner", "Whose it is"), ("action", "What is done about it")):
        if name not in said and "removed" not in said:
            raise Invalid(f"{label} is missing. Nothing was saved.", name)
    if "removed" in said:
        refuse_future(date.fromisoformat(said["removed"]), today)
    return _thing(actor, case, p.RECALL_BARRIER, "barrier to release", said, today, key)


def keep(actor: Actor, case: str, given: Mapping[str, str], today: date, key: str = "") -> Changed:
    """Record progress or social capital to keep (what, about, action), or (`key`) how it stands now.

    Raises Invalid (no recall, nothing said), NotFound, NotAllowed, Stale.
    """
    roles.check_owner(actor, "OS")
    said = {name: text.strip() for name, text in given.items() if text.strip()}
    _one_of(recall_words().keep, said.get("what", ""), "What is to be kept", "what")
    words(said.get("about", ""), "What it is")
    return _thing(actor, case, p.RECALL_KEEP, "progress to keep", said, today, key)


def _thing(actor: Actor, case: str, kind: str, called: str, said: dict[str, str], today: date, key: str) -> Changed:
    """One thing on a line of its own: a new one, or how it stands now."""
    with command(actor, case, called, today) as work:
        recall = _present(work)
        known = {row.key for row in work.before if row.kind == kind}
        if key and key not in known:
            raise NotFound(f"This case has no {called} {key}.")
        at = key or f"{kind.removeprefix('recall-')[0]}{len(known) + 1}"
        name = entries.line(work.case, kind, at)
        replaces = entries.last_of_line(work.before, name)
        work.add(kind, at, {"recall": recall.key, **said}, replaces=replaces)
        work.sentence = called
    work.sentence = f"Recorded: {called}, {said.get('about') or said['what']}."
    return changed(work)


def papers(actor: Actor, case: str, received: Mapping[str, date | None], today: date) -> Changed:
    """Record which papers of the dossier are here, each with its day (None: not here after all).

    Raises Invalid (no recall, no such paper, a day to come, nothing changes), NotFound, NotAllowed, Stale.
    """
    roles.check(actor, "work")
    for paper, day in received.items():
        _one_of(recall_words().paper, paper, "A paper", "papers")
        if day:
            refuse_future(day, today)
    with command(actor, case, "dossier papers", today) as work:
        recall = _present(work)
        held = {row.key: row.payload for row in entries.current(work.before) if row.kind == p.RECALL_PAPER}
        for paper, day in received.items():
            key = f"{recall.key}:{paper}"
            here = key in held and "received" in held[key]
            if here == (day is not None):
                continue
            name = entries.line(work.case, p.RECALL_PAPER, key)
            said = {"recall": recall.key} | ({"received": day.isoformat()} if day else {})
            work.add(p.RECALL_PAPER, key, said, replaces=entries.last_of_line(work.before, name), on=day or today)
        if not work.rows:
            raise Invalid("Nothing has changed. Nothing was saved.")
        work.sentence = "papers of the dossier"
    work.sentence = f"Recorded: {len(work.rows)} of the dossier's papers."
    return changed(work)
