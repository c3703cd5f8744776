"""Pictures of the furniture put together: a caseload and a contact form, in the looks that differ most."""

from collections.abc import Callable
from typing import Any

import pytest

from db.rows import Counts, State
from tests.widgets.stage import LARGE, SMALL, TODAY, Stage, case, duty
from tests.widgets.test_form import Contact
from widgets.case_table import CaseTable
from widgets.frame import Key, KeyLine, Place, Places, Rule, SummaryLine, TopLine
from widgets.looks import Look, LookName
from widgets.why_pane import WhyPane

WHY = "Back in custody Thu 19 Feb. The reasons are to be gone through with him within 5 working days: Thu 26 Feb."
ROWS = (
    case(
        "A1234BC",
        "Barlow",
        duty("Go through the recall dossier", State.OVERDUE, -4, discreet="Go through the reasons", why=WHY),
        duty("Meeting with offender manager", State.WEEK, 3),
        duty("Planning meeting", State.TODAY, 0),
        out=None,
        rosh="high",
        flags=("PPO",),
    ),
    case("A0001AA", "Oduya", duty("Risk review", State.OVERDUE, -2), forenames="Samuel", seen=19, out=430),
    case(
        "A0002AA", "Fenwick", duty("BCST 2", State.OVERDUE, -3, owner="CRC"), forenames="Paul", where="court", seen=None
    ),
    case("A0003AA", "Kaur", duty("What came of a referral", State.TODAY, 0), forenames="Jaspreet", seen=28, out=81),
    case("A0004AA", "Lloyd", duty("Planning meeting", State.WEEK, 3), forenames="Rhys", out=800),
    case("A0005AA", "Hussain", duty("BCST 1", State.UNKNOWN, None), forenames="Imran", seen=None, tier=None, out=None),
    case("A0006AA", "Marsh", duty("Pre-release", State.OPEN, 30, owner="CRC"), forenames="Tony", seen=9, out=61),
    case("A0007AA", "Nowak", duty("Risk review", State.LATER, 16), forenames="Piotr", seen=2, out=1200),
    case("A0008AA", "Ünal", forenames="Zoë"),
)
KEYS = (Key("Enter", "open"), Key("d", "meet a duty"), Key("c", "contact"), Key("/", "find"), Key("?", "keys"))


def caseload(look: Look, reveal: bool = False) -> Stage:
    top, table, why = TopLine(), CaseTable(), WhyPane()
    top.place, top.who, top.role, top.today, top.demonstration = "HMP Example", "J Carter", "supervisor", TODAY, True
    table.today = why.today = TODAY
    table.reveal = why.reveal = reveal
    table.show(ROWS)
    why.row = ROWS[0]
    places = Places([Place("1", "Caseload"), Place("5", "Records")], "1")
    counts = Counts(9, ((State.OVERDUE, 3), (State.TODAY, 1), (State.WEEK, 1), (State.UNKNOWN, 1), (State.CLEAR, 1)), 2)
    return Stage(top, places, SummaryLine("Mine", counts), Rule(), table, Rule("1 of 9"), why, KeyLine(KEYS), look=look)


LOOKS = {
    "full-dark": Look(),
    "full-light": Look(dark=False),
    "basic": Look(LookName.BASIC),
    "mono-ascii": Look(LookName.MONO, marks=False, unicode=False),
}


@pytest.mark.parametrize("look", LOOKS)
def test_the_caseload_looks_as_it_did(look: str, snap_compare: Callable[..., Any]) -> None:
    assert snap_compare(caseload(LOOKS[look]), terminal_size=SMALL)


def test_the_wide_revealed_caseload_looks_as_it_did(snap_compare: Callable[..., Any]) -> None:
    assert snap_compare(caseload(Look(), reveal=True), terminal_size=LARGE)


@pytest.mark.parametrize("look", ["full-dark", "mono-ascii"])
def test_the_contact_form_looks_as_it_did(look: str, snap_compare: Callable[..., Any]) -> None:
    assert snap_compare(Contact(LOOKS[look]).stage, press=["tab", "tab", *"wing"], terminal_size=SMALL)
