"""How the rows of plan and register are told in a case's story: kind, a line, and the whole of it."""

from collections.abc import Mapping
from datetime import date

from db import payloads as p
from db import planning as pl
from db.entries import Row
from policy.phrases import say
from policy.planning import is_discreet, plan_words, programme_title
from policy.register import Kind, RegisterField, register

_RISK = ("risk", "changes")
STEP_STATES = {"": "to do", "doing": "under way", "done": "done", "dropped": "no longer needed"}
"""The states of a step, in words."""


def value_in_words(field: RegisterField, value: str) -> str:
    """A field's value as people say it."""
    if field.type == "programme":
        return programme_title(value)
    if field.type == "ticks":
        return ", ".join(value.split(","))
    if field.type == "date":
        return say(date.fromisoformat(value))
    return value.replace("-", " ") if field.type == "choice" else value


def line_of(kind: Kind, fields: Mapping[str, str], *, reveal: bool = True) -> str:
    """An entry in a line, its parts in the order of its kind; without what is discreet unless `reveal`."""
    said = []
    for name in kind.line:
        field = kind.field(name)
        value = fields.get(name, "")
        if field is None or not value or (field.discreet and not reveal):
            continue
        words = value_in_words(field, value)
        said.append(f"{field.label}: {words}" if field.type in ("yes-no", "date") or field.discreet else words)
    return ", ".join(" ".join(part.split()) for part in said)


def told(row: Row) -> tuple[str, str, str] | None:
    """Kind, summary and text of a row of plan or register; None for any other row."""
    if row.kind in register().kind:
        kind = register().kind[row.kind]
        fields = p.unpack(row.payload, dict[str, str])
        hidden = kind.hidden(fields) and kind.section in _RISK
        before = "Risk: " if hidden or is_discreet(fields.get("programme", "")) else ""
        parts = [
            f"{field.label}: {value_in_words(field, fields[field.name])}"
            for field in kind.fields
            if fields.get(field.name)
        ]
        line = line_of(kind, fields)
        if kind.discreet:
            return "register", f"{before}{kind.one}{f': {line}' if line else ''}", "\n".join(parts)
        return kind.one, before + (line or kind.one), "\n".join(parts)
    if row.kind not in pl.PLAN_KINDS:
        return None
    if row.kind in (pl.OBJECTIVE, pl.CLOSED):
        kept = p.unpack(row.payload, pl.Objective)
        return "objective", _objective(kept), _objective_text(kept)
    if row.kind == pl.MEETING:
        meeting = p.unpack(row.payload, pl.MeetingPayload)
        title = plan_words().meeting[meeting.kind].title
        agreed = f", version {meeting.version} agreed" if meeting.version else ""
        return "planning", f"{title} {meeting.state.replace('-', ' ')}{agreed}", meeting.agreed or meeting.why
    if row.kind == pl.VERSION:
        return "plan", f"version {row.key} of the plan agreed", ""
    if row.kind == pl.REASON:
        return "plan", "order of the plan: why it stands so", p.unpack(row.payload, pl.Reason).why
    return "plan", "objectives put in another order", ""


def _objective(kept: pl.Objective) -> str:
    if kept.outcome:
        return f"{kept.change} – closed, {plan_words().outcome[kept.outcome].title}"
    steps = kept.listed
    done = sum(step.state == "done" for step in steps)
    return f"{kept.change}{f' – {done} of {len(steps)} steps done' if steps else ''}"


def _objective_text(kept: pl.Objective) -> str:
    parts = [
        ("Measured by", kept.measure),
        ("Own words", kept.words),
        ("Progress", kept.progress),
        ("Comment", kept.comment),
        ("Why", kept.why),
    ]
    said = [f"{label}: {text}" for label, text in parts if text]
    said += [f"Step: {step.what} ({STEP_STATES[step.state]})" for step in kept.listed]
    return "\n".join(said)
