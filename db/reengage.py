"""What is carried into a recall from before it: the one place where other parts of the record hook in.

Start re-engagement calls each of `CARRIERS` inside its own transaction, and its preview calls the same: what is said
is what is done. A carrier adds its rows with `work.add` and gives the sentences that say so (rulebook.md, Recall:
the sentence plan carried forward as a new draft, the resettlement plan blank with the old one beside it, BCST 1
pre-filled where custody begins again within six months).
"""

from collections.abc import Callable, Iterable
from datetime import date

from db import payloads as p
from db.commands.work import Work
from db.plan_reading import read_plan
from db.recalls import Does
from db.story import ANSWERS, PREFILLED_MONTHS, known_before, outlived
from policy.calendar import add_months
from policy.case import MET
from policy.phrases import say

Carrier = Callable[[Work, date, date | None], Iterable[Does]]
"""Given the command, the day of return, and the day they last left (None: not known)."""


def screening(work: Work, returned: date, left: date | None) -> Iterable[Does]:
    """BCST 1: what the last one found stands, to be amended, where custody begins again within six months.

    Answers of a screening are facts, which stay until they are changed; after six months they are taken back, so that
    what is not asked again is not known.
    """
    told = work.story()
    last = max((one.day for one in told.case.events if one.kind == MET and one.key == "bcst1"), default=None)
    answers = [name for name in ANSWERS if name in told.held and known_before(told.held[name], returned)]
    if left is None:
        yield Does("BCST 1", "starts afresh: when they last left is not known. What was recorded stands; check it.")
    elif returned <= add_months(left, PREFILLED_MONTHS):
        done = f" of {say(last)}" if last else ""
        yield Does("BCST 1", f"begins with the last answers{done} ({len(answers)}), to be amended: out under 6 months.")
    else:
        for name in outlived(told.held, returned, left):
            held = told.held[name]
            work.add_to_line(p.FACT, name, p.FactPayload(None, held.extract), on=returned)
        back = f" ({len(answers)} old answers taken back)" if answers else ""
        yield Does("BCST 1", f"starts blank: out for more than 6 months{back}.")


def plans(work: Work, returned: date, left: date | None) -> Iterable[Does]:
    """Sentence plan and resettlement plan.

    What stands in the sentence plan stands still, as a draft until a meeting agrees it again; the checklist of this
    custody is blank, since it counts from its beginning, and what was recorded before stays to be read.
    """
    plan = read_plan(work.case or "", work.before)
    number = len(plan.objectives)
    agreed = f"; last agreed {say(plan.versions[0].agreed)}" if plan.versions else ""
    what = f"{number} objective{'s' if number != 1 else ''} carried forward as a draft{agreed}"
    yield Does("Sentence plan", f"{what}, to be refreshed together." if number else "none recorded here: to be made.")
    yield Does("Resettlement plan", "starts blank, to be done with BCST 2; what was recorded before stays to be read.")


CARRIERS: tuple[Carrier, ...] = (plans, screening)


def carry(work: Work, returned: date, left: date | None) -> list[Does]:
    """Carry forward everything that is to be, and say what was."""
    return [said for carrier in CARRIERS for said in carrier(work, returned, left)]
