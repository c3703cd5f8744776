"""The steps agreed at the meeting after a recall, one a line, and the objective of the plan they go into."""

from collections.abc import Iterable, Mapping
from datetime import date

from db import planning as pl
from db.commands.recall_meeting import NEW, step_words
from policy.planning import plan_words
from screens.plan_words import discreet
from widgets.choices import Choice, Option
from widgets.dates import NotADate, read_date
from widgets.fields import LongText, TextField
from widgets.form import INDENT, Field, Form
from widgets.lines import Line, Piece, cut, wrap
from widgets.palette import Ink

NOT = "not"
_TITLE = 34


class StepsText(LongText):
    """Steps to type, one a line: what; whose; by when. How each is understood stands beneath."""

    def __init__(self, today: date, *, id: str) -> None:
        """Nothing agreed yet; dates lie ahead of `today`."""
        super().__init__("Agreed steps", id=id, lines=2, help="one a line: what; whose; by when")
        self._today = today

    def wrong(self) -> str:
        """Whether every line can be read."""
        try:
            steps_in(self.value, self._today)
        except NotADate as error:
            return str(error)
        return ""

    def changed(self) -> None:
        """Say anew how it is understood."""
        super().changed()
        self._fit()

    def left(self) -> None:
        """How it is understood goes."""
        super().left()
        self._fit()

    def _fit(self) -> None:
        self._make_room()
        self.refresh(layout=True)

    def notes(self, width: int) -> list[Line]:
        """What is wrong; while typing, how each line is understood."""
        if self.error or not self.busy or self.wrong():
            return super().notes(width)
        said = [step_words(step) for step in steps_in(self.value, self._today) if step.owner or step.target]
        lines = [line for one in said for line in wrap([Piece(one, Ink.ACCENT)], width - INDENT)]
        return [[Piece(" " * INDENT), *line] for line in lines]


def steps_in(text: str, today: date) -> tuple[pl.Step, ...]:
    """What was typed, as steps. Raises NotADate where the last of three parts is no date."""
    return tuple(_step(line, today) for line in text.splitlines() if line.strip(" ;"))


def _step(line: str, today: date) -> pl.Step:
    """A line as a step: two parts are what, and whose or by when."""
    parts = [part.strip() for part in line.split(";")]
    what, rest = parts[0], [part for part in parts[1:] if part]
    if len(rest) > 2:
        raise NotADate(f"“{cut(what, 20)}”: a step is what; whose; by when, and no more. Another step is another line.")
    if not rest:
        return pl.Step(what)
    try:
        by = read_date(rest[-1], today, "future").isoformat()
    except NotADate as error:
        if len(rest) == 2:
            raise NotADate(f"“{rest[-1]}”: {error}") from error
        return pl.Step(what, rest[0])
    return pl.Step(what, rest[0] if len(rest) == 2 else "", by)


def step_fields(plan: pl.Plan, today: date, reveal: bool) -> Iterable[Field]:
    """The steps, where they go, and what a new objective needs."""
    yield StepsText(today, id="agreed")
    options = [Option(one.id, f"{one.at} {_title(one, reveal)}", str(one.at)) for one in plan.objectives]
    options += [Option(NEW, "a new objective", "n"), Option(NOT, "not into the plan", "p")]
    yield Choice("Into the plan", options, id="into")
    change = TextField("To change", id="change", help="the new objective, in their terms", max_length=500)
    pathways = [Option(name, word.title.lower()) for name, word in plan_words().pathway.items()]
    pathway = Choice("Pathway", pathways, id="pathway")
    for field in (change, pathway):
        field.display = False
        yield field


def show_new(form: Form) -> None:
    """What a new objective needs is asked only where there is to be one."""
    for name in ("change", "pathway"):
        form.field(name).display = form.field("into").value == NEW


def _title(row: pl.ObjectiveRow, reveal: bool) -> str:
    return "discreet" if discreet(row) and not reveal else cut(row.kept.change, _TITLE)


def check_steps(typed: Mapping[str, str]) -> dict[str, str]:
    """Where the steps go is to be said, and what a new objective is about."""
    if not typed["agreed"]:
        return {}
    if not typed["into"]:
        return {"into": "Which objective do the steps belong to?"}
    if typed["into"] != NEW:
        return {}
    asked = {"change": "What is to change is missing.", "pathway": "Which pathway is it about?"}
    return {name: sentence for name, sentence in asked.items() if not typed[name]}
