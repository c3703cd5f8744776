"""The agenda of the early meeting after a recall: the person, offender manager and supervisor; with room to write.

Source: BO recall 2, 4, 5. For staff to take into the meeting; the person may read every word of it.
"""

from collections.abc import Iterable
from datetime import date

from db import views
from db.errors import Invalid
from db.papers import Block, Facts, Heading, Lines, Paper, Points, Says
from db.recalls import RecallCase, RecallRow
from db.rows import Actor
from db.views.recall import recall_case
from policy.calendar import day_of
from policy.phrases import say
from policy.recall_words import label_of, recall_words, type_words


def paper(actor: Actor, number: str, today: date) -> Paper:
    """The agenda for one person. Raises NotFound, Invalid (not back on recall)."""
    case = recall_case(actor, number, today)
    now = case.now
    if now is None or now.returned is None:
        raise Invalid("This person is not back on recall, so there is no such meeting. Nothing was written.")
    row = views.case_detail(actor, number, today).row
    blocks: list[Block] = [Facts(tuple(_facts(case, now)))]
    for point in recall_words().agenda:
        blocks += [Heading(point.label), Says(point.plain), *_known(point.id, case), Lines(2)]
    blocks += [
        Heading("There"),
        Points(("The person", "Offender manager", "Offender supervisor", "Others:"), ticks=True),
    ]
    return Paper("Meeting after recall", f"{row.name}  {row.number}", tuple(blocks), foot=f"Printed {say(today)}.")


def _facts(case: RecallCase, now: RecallRow) -> Iterable[tuple[str, str]]:
    yield "Recall", type_words(now.type, now.days)
    yield "Back in custody", say(now.returned) if now.returned else ""
    yield "Reasons", ", ".join(label_of(recall_words().reason, one) for one in now.reasons)
    yield "Release", f"{say(case.release)} ({case.release_words})" if case.release else case.release_words
    meeting = next((step.duty for step in case.steps if step.duty.id == "recall-meeting"), None)
    if meeting and meeting.due:
        yield "Meeting due by", say(day_of(meeting.due))


def _known(point: str, case: RecallCase) -> list[Block]:
    """What is recorded already that the point is about."""
    words = recall_words()
    if point == "keep" and case.kept:
        return [Points(tuple(f"{label_of(words.keep, one.what)}: {one.about}" for one in case.kept))]
    if point == "barriers" and (standing := [one for one in case.barriers if one.removed is None]):
        return [
            Points(
                tuple(
                    f"{label_of(words.barrier, one.what)}: {one.action} ({one.owner})"
                    + (f", by {say(one.by)}" if one.by else "")
                    for one in standing
                )
            )
        ]
    return []
