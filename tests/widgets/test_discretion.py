"""What may stand on a screen that a prisoner could see."""

import tomllib
from pathlib import Path

import pytest

from widgets.discretion import gives_away

FACTS = tomllib.loads((Path(__file__).parents[2] / "policy" / "facts.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("label", [fact["label"] for fact in FACTS.values() if fact.get("discreet")])
def test_the_name_of_every_discreet_fact_gives_something_away(label: str) -> None:
    assert gives_away(label)


@pytest.mark.parametrize(
    "text",
    [
        "RoSH was assessed as high on 3 Nov.",
        "A victim contact position is to be recorded.",
        "MAPPA level 2 is to be confirmed.",
        "Care leaver under 25, identified Mon 5 Jan.",
        "Drug need recorded; release in 4 weeks.",
        "A self-harm concern was recorded at court.",
        "Foreign national: removal interest not known.",
    ],
)
def test_risk_health_and_groups_are_not_shown_beside_a_name(text: str) -> None:
    assert gives_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "Back in custody Thu 19 Feb. The reasons are to be gone through with him within 5 working days: Thu 26 Feb.",
        "Last met Mon 2 Feb; within a month of that: Mon 2 Mar.",
        "Custody start Fri 27 Feb 16:40; within 72 hours: Mon 2 Mar 16:40.",
        "Risk review",
        "Release Fri 22 May; 12 weeks before: Fri 27 Feb.",
    ],
)
def test_dates_meetings_and_custody_may_be_shown(text: str) -> None:
    assert not gives_away(text)
