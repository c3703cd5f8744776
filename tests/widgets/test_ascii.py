"""In the ASCII look nothing but ASCII is drawn, in mono no colour, whatever is shown."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from rich.segment import Segment
from textual.pilot import Pilot
from textual.widget import Widget

from db.rows import Counts, State
from tests.widgets.stage import SMALL, TODAY, Stage, case, duty, entry, fact, play
from tests.widgets.test_form import Contact
from widgets.case_table import CaseTable
from widgets.duty_list import DutyList
from widgets.facts_list import FactsList
from widgets.fields import LongText, TextField
from widgets.form import Form
from widgets.frame import Key, KeyLine, Notice, Place, Places, Rule, SummaryLine, TopLine
from widgets.looks import Look, LookName
from widgets.timeline import Timeline
from widgets.why_pane import WhyPane

ROWS = [
    case(
        f"A{at:04}AA",
        "Ünal‑Østergård",
        *(duty(f"Žádost – {state}", state, None if state is State.UNKNOWN else at - 5),),
        forenames="Łukasz 李",
    )
    for at, state in enumerate(State)
]


def frame() -> list[Widget]:
    top, why, notice = TopLine(), WhyPane(), Notice()
    top.place, top.who, top.role, top.today, top.demonstration = (
        "HMP Ŵales · B wing" * 3,
        "Zoë Ünal",
        "supervisor",
        TODAY,
        True,
    )
    why.row, why.today, notice.text = ROWS[1], TODAY, "Gespeichert – für später…"
    counts = Counts(12, tuple((state, 1) for state in State), 3)
    places = Places([Place("1", "Caseload")], "1")
    return [top, places, SummaryLine("Mine", counts), Rule("1 – 2"), why, notice, KeyLine([Key("↑", "up…")])]


def caseload() -> list[Widget]:
    table = CaseTable()
    table.today = TODAY
    table.show(ROWS)
    return [table]


def lists() -> list[Widget]:
    duties, facts, story = DutyList(), FactsList(), Timeline()
    for made in (duties, facts, story):
        made.today = TODAY
    duties.show([each for row in ROWS for each in row.duties] + [duty("Über", owner="CRC")])
    facts.show([fact("wörk", "große"), fact("rosh", discreet=True), fact("x", question="Ist das – wahr…?")])
    story.show([entry(1, "Größe\n– schön…")])
    return [duties, facts, story]


def form() -> Form:
    fields = [TextField(f"Näme {at}", value="Zoë…", help="é…") for at in range(30)]
    fields[3].error = "Das – falsch…"
    return Form(*fields, LongText("Ünten", value="\n".join("Größe…" for _ in range(30))))


Furniture = Callable[[], Sequence[Widget | Callable[[], Widget]]]
DRAWN: list[Furniture] = [frame, caseload, lists]
STAGES: list[Furniture] = [*DRAWN, lambda: [form]]


def segments(stage: Stage) -> Iterator[Segment]:
    for strip in stage.screen._compositor.render_strips():
        yield from strip


@pytest.mark.parametrize("furniture", STAGES)
@pytest.mark.parametrize("name", list(LookName))
def test_the_ascii_look_draws_nothing_but_ascii(furniture: Furniture, name: LookName) -> None:
    stage = Stage(*furniture(), look=Look(name, marks=False, unicode=False))

    async def scene(pilot: Pilot[None]) -> None:
        for key in ("tab", "down", "end", "enter"):
            await pilot.press(key)
            assert stage.text.isascii()
            assert {len(line) for line in stage.text.splitlines()} == {SMALL[0]}

    play(stage, scene)


@pytest.mark.parametrize("furniture", DRAWN)
def test_our_own_furniture_is_ascii_before_the_last_filter(
    furniture: Furniture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.themes.filters", lambda look: [])
    stage = Stage(*furniture(), look=Look(marks=False, unicode=False))

    async def scene(pilot: Pilot[None]) -> None:
        assert stage.text.isascii()

    play(stage, scene)


@pytest.mark.parametrize("furniture", STAGES)
def test_mono_sends_no_colour(furniture: Furniture) -> None:
    stage = Stage(*furniture(), look=Look(LookName.MONO))

    async def scene(pilot: Pilot[None]) -> None:
        for key in ("tab", "down"):
            await pilot.press(key)
            for segment in segments(stage):
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    assert colour is None or colour.is_default

    play(stage, scene)


@pytest.mark.parametrize("furniture", STAGES)
def test_basic_sends_only_sixteen_colours(furniture: Furniture) -> None:
    stage = Stage(*furniture(), look=Look(LookName.BASIC))

    async def scene(pilot: Pilot[None]) -> None:
        for key in ("tab", "down"):
            await pilot.press(key)
            for segment in segments(stage):
                for colour in (segment.style.color, segment.style.bgcolor) if segment.style else ():
                    assert colour is None or colour.is_default or (colour.number is not None and colour.number < 16)

    play(stage, scene)


def test_the_contact_form_is_told_apart_without_colour_or_unicode() -> None:
    contact = Contact(Look(LookName.MONO, marks=False, unicode=False))

    async def scene(pilot: Pilot[None]) -> None:
        assert "(m)eeting" in contact.stage.text
        assert "[x] Meet about the plan's targets  * due today" in contact.stage.text

    play(contact.stage, scene)
