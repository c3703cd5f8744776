"""The record of the last planning meeting that was held. For the file."""

from datetime import date

from db import planning as pl
from db import views
from db.errors import NotFound
from db.papers import Block, Facts, Grid, Heading, Paper, Points, Says
from db.rows import Actor
from policy.phrases import say
from policy.planning import plan_words


def paper(actor: Actor, number: str, today: date) -> Paper:
    """Who was there, how the person took part, what was agreed. Raises NotFound (none was held), Invalid."""
    detail = views.case_detail(actor, number, today)
    plan = views.plan(actor, number, today)
    held = next((one for one in plan.meetings if one.kept.state == "held"), None)
    if held is None:
        raise NotFound(f"No planning meeting about {detail.row.number} is recorded as held. Nothing was written.")
    kept = held.kept
    blocks: list[Block] = [Facts(tuple(one for one in _about(held) if one[1]))]
    rows = tuple((one.name, one.role, *map(_yes, (one.invited, one.came, one.contributed))) for one in kept.attendance)
    if rows:
        columns = ("Name", "Who", "Invited", "Came", "Contributed")
        blocks += [Heading("Who"), Grid(columns, rows, (30, 28, 14, 12, 16))]
    if held.not_invited:
        blocks.append(Says(f"Expected and not invited: {', '.join(held.not_invited)}.", strong=True))
    blocks += [Heading("What was agreed"), Says(kept.agreed or "Nothing was written down.")]
    version = next((one for one in plan.versions if one.meeting == held.id), None)
    if version is not None:
        told = tuple(f"{one.at}. {one.kept.change}, by {say(one.target)}" for one in version.objectives)
        blocks += [Heading(f"Version {version.number} of the plan"), Points(told)]
    return Paper(
        "Planning meeting: record",
        f"{detail.row.name}  {detail.row.number} · held {say(held.on)}",
        tuple(blocks),
        foot="For the file.",
    )


def _about(held: pl.MeetingRow) -> list[tuple[str, str]]:
    kept = held.kept
    part = plan_words().part[kept.part].title if kept.part else ""
    wish = {"yes": "wished", "no": "not wished"}.get(kept.family_wish, "not known")
    return [
        ("What", plan_words().meeting[kept.kind].title),
        ("Held", say(held.on)),
        ("Chair", kept.chair),
        ("Video link", _yes(kept.video == "yes")),
        ("The person", f"{part}: {kept.part_why}" if kept.part_why else part),
        ("Family", kept.family or wish),
    ]


def _yes(yes: bool) -> str:
    return "yes" if yes else ""
