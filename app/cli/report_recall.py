"""The report on recall: who there is and how well they are looked after, beside what the study found."""

from datetime import date

from app.cli import output
from app.cli.options import Call
from db.recalls import Figure, RecallFigures
from db.rows import Actor


def report(call: Call, actor: Actor, since: date | None, until: date | None, as_at: date | None) -> None:
    """Recall: who there is and how well they are looked after, beside what the study found."""
    from db.views.recall_figures import recall_figures

    found = recall_figures(actor, call.today, as_at=as_at, since=since, until=until)
    if call.format == "json":
        output.emit_json(_shape(found))
        return
    header = ("measure", "number", "of", "share", "not known", "not due yet", "found elsewhere", "source")
    rows = [(one.label, *_numbers(one), one.found, one.source) for one in found.figures]
    if call.format == "csv":
        output.emit_csv(header, rows)
        return
    title = (
        f"Recall as at {found.as_at}: {_said(found.now)} back, {_said(found.expected)} expected. "
        f"Releases {found.since} to {found.until}."
    )
    output.emit_table(header, rows, title)
    if found.hidden:
        output.tell("Numbers under five are told to the manager and the inspector only.")
    output.tell("What is not known, and what is not due yet, is in neither number.")


def _numbers(one: Figure) -> tuple[str, str, str, str, str]:
    return _said(one.count), _said(one.of), share(one), _said(one.unknown), _said(one.not_yet)


def _said(number: int) -> str:
    return "under 5" if number < 0 else str(number)


def share(one: Figure) -> str:
    """A figure as a percentage; empty where there is nobody, or the number is not told."""
    return f"{round(100 * one.count / one.of)} %" if one.of > 0 and one.count >= 0 else ""


def _shape(found: RecallFigures) -> dict[str, object]:
    def number(count: int) -> int | None:
        return None if count < 0 else count

    return {
        "as_at": found.as_at,
        "from": found.since,
        "to": found.until,
        "now": number(found.now),
        "expected": number(found.expected),
        "suppressed_under": 5 if found.hidden else None,
        "figures": [
            {
                "measure": one.measure,
                "label": one.label,
                "count": number(one.count),
                "of": number(one.of),
                "unknown": number(one.unknown),
                "not_yet": number(one.not_yet),
                "found": one.found or None,
                "source": one.source or None,
                "numbers": one.numbers,
            }
            for one in found.figures
        ],
    }
