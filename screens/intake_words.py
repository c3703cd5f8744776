"""What the records say about an extract as a whole."""

from textual.reactive import reactive

from db.rows import Intake, Question
from widgets.frame import Drawn
from widgets.lines import Line, Piece, cut, width_of, wrap
from widgets.palette import Ink

FIRST = (
    "This is the record's first extract. People in it were here before the record began, so what fell due before today "
    "may have been done on paper. When you take it in you are asked what to make of that."
)
FIRST_QUESTION = (
    "The first extract: what of duties that fell due before today, for people who were here already? "
    "“Look in the file first” shows them as cannot tell, to be ticked or done one by one. "
    "“Count them as late” shows every one as overdue."
)
_MANY_GONE = 10


def to_ask(intake: Intake) -> tuple[Question, ...]:
    """What has to be asked beside whether those who are gone have left, which stands with them."""
    return tuple(one for one in intake.questions if one.about != "gone")


def done_words(intake: Intake) -> str:
    """What was taken in, in a sentence."""
    counts = ((intake.new, "new"), (intake.changed, "changed"), (intake.gone, "gone"))
    said = f"Taken in: {', '.join(f'{number} {word}' for number, word in counts if number) or 'nothing had changed'}."
    if intake.refused:
        said += f" {_count(len(intake.refused), 'row was', 'rows were')} refused and left out."
    if asked := to_ask(intake):
        said += f" {_count(len(asked), 'question waits', 'questions wait')} in the cases."
    return said


def gone_hint(intake: Intake, partial: bool) -> str:
    """A doubt, where a file would make many people gone: it may be only part of the roll."""
    if partial or intake.gone < _MANY_GONE:
        return ""
    return (
        f"{intake.gone} people of the record are not in this file. If it is only part of the roll, press i and tick "
        "that: then nobody is gone."
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


class IntakeCounts(Drawn):
    """The file and its counts, what needs a decision in its own colour."""

    DEFAULT_CSS = "IntakeCounts { height: auto; width: 1fr; }"

    intake = reactive[Intake | None](None, layout=True)

    def lines(self, width: int) -> list[Line]:
        """One line, two where one cannot hold it."""
        intake = self.intake
        if intake is None:
            return [[Piece("Extract", Ink.STRONG), Piece("   none looked at yet", Ink.DIM)]]
        rows = f"   {_count(intake.rows, 'row', 'rows')}"
        head = [Piece(cut(intake.file, max(12, width - len(rows))), Ink.STRONG), Piece(rows, Ink.DIM)]
        counts: Line = []
        for number, word, mark, ink in (
            (len(intake.refused), "refused", "!", Ink.OVERDUE),
            (len(to_ask(intake)), "to ask", "?", Ink.UNKNOWN),
            (intake.new, "new", "", Ink.TEXT),
            (intake.changed, "changed", "", Ink.TEXT),
            (intake.gone, "gone", "", Ink.TEXT),
            (intake.unchanged, "unchanged", "", Ink.DIM),
            (intake.skipped, "skipped", "", Ink.DIM),
        ):
            if number or word in ("new", "changed", "gone", "unchanged"):
                counts += [
                    Piece("   "),
                    Piece(f"{mark} {number} {word}".strip(), ink if number else Ink.DIM, bool(mark)),
                ]
        if width_of([*head, *counts]) <= width:
            return [[*head, *counts]]
        return [head, *wrap(counts[1:], width)]
