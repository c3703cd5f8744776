"""The leaflet: one page, their own dates, words a reader of nine understands, nothing restricted; and the agenda."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import commands, papers
from db.commands import recall, recall_work
from db.errors import Invalid
from db.papers import Heading, Points, Says
from db.recalls import Notice
from db.rows import Actor
from tests.db.records import TODAY, closed, opened, person, taken_in

NUMBER = "A1234BC"
BACK = date(2026, 3, 30)
REASONS = ("non-compliance", "further-charge", "not-living-where-directed", "out-of-touch", "other")
RESTRICTED = ("risk", "victim", "mappa", "rosh", "police", "security", "violen")


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Actor]:
    actor = opened(tmp_path)
    taken_in(actor, tmp_path, person())
    commands.set_facts(
        actor, NUMBER, {"supervisor": "manager", "offender-manager": "A Khan, Northgate", "rosh": "high"}, TODAY
    )
    yield actor
    closed()


def start(actor: Actor, kind: str, days: str = "", release: date | None = None) -> None:
    kinds = {"extended": "extended", "ipp": "ipp", "life": "life"}
    commands.set_facts(actor, NUMBER, {"sentence-type": kinds.get(kind, "determinate")}, BACK)
    recall.start(actor, NUMBER, Notice(kind, BACK, days, release, REASONS), BACK)


def leaflet(actor: Actor, day: date = BACK) -> str:
    paper = papers.of_case(actor, "recall-leaflet", NUMBER, day)
    return papers.content(Path("leaflet.txt"), paper, day).decode()


def joined(text: str) -> str:
    return " ".join(text.split())


def syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out: near enough for a measure of whole pages."""
    word = word.lower()
    count = len(re.findall(r"[aeiouy]+", word))
    return max(1, count - (word.endswith("e") and not word.endswith("le") and count > 1))


def reading_age(actor: Actor, day: date) -> float:
    """The Flesch-Kincaid grade of the leaflet's sentences, as an age; names and dates are not its words."""
    paper = papers.of_case(actor, "recall-leaflet", NUMBER, day)
    texts: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Says | Heading):
            texts.append(block.text.rstrip(".") + ".")
        elif isinstance(block, Points):
            texts += [item.rpartition(": ")[2] for item in block.items]
    text = " ".join(texts)
    text = re.sub(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ \d{4}", "day", text)
    text = text.replace("A Khan, Northgate", "Ann").replace("M Shah", "Ann")
    sentences = [one for one in re.split(r"[.?!]+", text) if one.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("standard", ""),
        ("fixed-term", "28"),
        ("fixed-term", "14"),
        ("hdc", ""),
        ("extended", ""),
        ("ipp", ""),
        ("life", ""),
    ],
)
def test_every_leaflet_is_one_page_for_a_reader_of_nine(manager: Actor, kind: str, days: str) -> None:
    start(manager, kind, days, date(2026, 4, 26) if kind == "fixed-term" else None)
    paper = papers.of_case(manager, "recall-leaflet", NUMBER, BACK)
    pdf = papers.content(Path("leaflet.pdf"), paper, BACK)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    assert paper.large
    assert reading_age(manager, BACK) < 9
    longest = max(len(one.split()) for one in re.split(r"[.?!:]+", joined(leaflet(manager))))
    assert longest <= 21
    assert not [word for word in RESTRICTED if word in leaflet(manager).lower()]


def test_a_standard_recall_has_its_own_dates_in_full(manager: Actor) -> None:
    start(manager, "standard")
    text = joined(leaflet(manager))
    assert "You came back on Monday 30 March 2026." in text
    assert "when your sentence ends, on Friday 18 February 2028" in text
    assert "By Thursday 2 April 2026: We tell you how to get a lawyer." in text
    assert "By Wednesday 8 April 2026: We read your papers with you." in text  # 31, 1, 2, 7, 8
    assert "By Wednesday 15 April 2026: You meet us and your probation officer." in text
    assert "By Monday 27 April 2026: The people who decide look at your recall." in text
    assert "In here: M Shah looks after your sentence." in text
    assert "Outside: A Khan, Northgate, your probation officer." in text
    assert "Your probation officer could not get hold of you." in text


def test_a_fixed_term_is_told_the_day_on_the_notice_and_a_counted_one_is_being_checked(manager: Actor) -> None:
    start(manager, "fixed-term", "28", date(2026, 4, 24))
    assert "You will be let out on Friday 24 April 2026." in joined(leaflet(manager))
    recall.turn(manager, NUMBER, "fixed-term", "The notice was wrong.", BACK, days="28")
    text = joined(leaflet(manager))
    assert "We think you will be let out on Sunday 26 April 2026. We are checking the date." in text
    assert "will be let out on Friday" not in text


def test_what_is_done_is_no_more_ahead(manager: Actor) -> None:
    start(manager, "standard")
    commands.meet(manager, NUMBER, "recall-legal", BACK)
    assert "We tell you how to get a lawyer." not in joined(leaflet(manager))
    assert "Very soon: We read your papers with you." in joined(leaflet(manager, date(2026, 4, 9)))


@pytest.mark.parametrize("kind", ["standard", "ipp"])
def test_once_release_is_decided_its_day_is_told_and_not_before(manager: Actor, kind: str) -> None:
    start(manager, kind)
    assert "You will be let out on" not in joined(leaflet(manager))
    day = date(2026, 5, 1)
    recall_work.decide(manager, NUMBER, "Parole Board", "release", day)
    assert "You will be let out on" not in joined(leaflet(manager, day))
    recall_work.decide(manager, NUMBER, "Parole Board", "release", day, release=date(2026, 5, 12))
    told = joined(leaflet(manager, day))
    assert "You will be let out on Tuesday 12 May 2026." in told
    assert "at any time" not in told


def test_nobody_named_is_said_so(manager: Actor) -> None:
    commands.set_facts(manager, NUMBER, {"supervisor": None, "offender-manager": None}, TODAY)
    start(manager, "standard")
    assert "We will find out the name for you." in joined(leaflet(manager))


def test_without_a_recall_there_is_no_leaflet(manager: Actor) -> None:
    for kind in ("recall-leaflet", "recall-meeting", "recall-review"):
        with pytest.raises(Invalid):
            papers.of_case(manager, kind, NUMBER, TODAY)


def test_the_agenda_has_what_is_known_and_room_to_write(manager: Actor) -> None:
    start(manager, "standard")
    recall_work.keep(manager, NUMBER, {"what": "job", "about": "Tyre garage"}, BACK)
    recall_work.barrier(manager, NUMBER, {"what": "motivation", "owner": "OS", "action": "Talk"}, BACK)
    paper = papers.of_case(manager, "recall-meeting", NUMBER, BACK)
    text = papers.content(Path("agenda.txt"), paper, BACK).decode()
    assert "job: Tyre garage" in text
    assert "motivation: Talk (OS)" in text
    assert "____" in text
    assert "Meeting due by" in text


def test_the_paper_for_the_review_has_the_barriers_what_was_said_and_what_is_late(manager: Actor) -> None:
    start(manager, "standard")
    stands = {"what": "accommodation", "owner": "A Khan", "action": "Ask", "by": "2026-04-10", "alternatives": "Hostel"}
    recall_work.barrier(manager, NUMBER, stands, BACK)
    gone = {"what": "motivation", "owner": "OS", "action": "Talk", "removed": "2026-03-30", "outcome": "Wants to go"}
    recall_work.barrier(manager, NUMBER, gone, BACK)
    commands.meet(manager, NUMBER, "recall-views", BACK, fields={"said": "I rang them.", "helps": "A phone."})
    recall_work.propose(manager, NUMBER, "A Khan", "executive", "Home found.", BACK)
    day = date(2026, 4, 20)
    text = joined(papers.content(Path("a.txt"), papers.of_case(manager, "recall-review", NUMBER, day), day).decode())
    for said in (
        "Fri 10 Apr",
        "Instead: Hostel",
        "motivation: Wants to go, Mon 30 Mar 2026",
        "Their own account: I rang them.",
        "What would help: A phone.",
        "Re-release proposed by A Khan, Secretary of State (executive release). Home found.",
        "Next review: by Mon 27 Apr 2026",
        "Early meeting: the person, offender manager, supervisor",
        "Recall notice: type, reasons, dates",
    ):
        assert said in text, said
