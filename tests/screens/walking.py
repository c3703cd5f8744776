"""A triage walk being walked: what the tests of it share."""

from db.rows import Filter
from screens.filter_words import encode
from screens.messages import Go
from screens.routes import Route
from tests.screens.desk import Desk
from tests.screens.prison import CARTER, PASSWORD, number_of

BARLOW, FENWICK = number_of(0), number_of(2)
ORDER = ("FENWICK", "BARLOW", "LLOYD", "O'NEILL", "KAUR", "ODUYA")
"""J Carter's six, most urgent first."""


def progress(desk: Desk) -> str:
    return desk.lines[2].split("  ")[1]


async def note(desk: Desk, text: str = "Seen on the wing") -> None:
    await desk.press("n")
    await desk.type(text)
    await desk.press("ctrl+s")


async def sign_in(desk: Desk) -> None:
    await desk.type(CARTER.staff)
    await desk.press("enter")
    await desk.type(PASSWORD)
    await desk.press("enter")


async def walk_over(desk: Desk, wanted: Filter) -> None:
    desk.shell.screen.post_message(Go(Route("triage", detail=encode(wanted))))
    await desk.settle()
