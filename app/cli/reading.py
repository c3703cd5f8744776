"""Reading: the caseload in urgency order, one case, and every duty in range."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from app.cli import output, plan_telling, shapes, telling
from app.cli.options import Call, common, read_day, signed_in
from db.rows import Actor, CaseRow, DutyRow, Filter, Role, State


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Whose cases: a supervisor's, a wing's, or all; a supervisor's own if not said."""
    for option in (
        click.option("--all", "everyone", is_flag=True, help="Everyone."),
        click.option("--wing", metavar="W", help="Everyone on a wing."),
        click.option("--supervisor", metavar="STAFF", help="One supervisor's cases."),
    ):
        command = option(command)
    return command


def filter_of(actor: Actor, supervisor: str | None, wing: str | None, everyone: bool) -> tuple[Filter, str]:
    """The filter these options mean, and the scope in a word or two. Raises Invalid where they contradict."""
    from db.errors import Invalid
    from db.staff import staff_member

    if sum(map(bool, (supervisor, wing, everyone))) > 1:
        raise Invalid("Say one of --supervisor, --wing and --all.")
    if supervisor:
        member = staff_member(supervisor)
        return Filter("supervisor", supervisor=member.id), f"supervisor {member.id}"
    if wing:
        return Filter("all", wing=wing.strip().upper()), f"wing {wing.strip().upper()}"
    if everyone or actor.role is not Role.SUPERVISOR:
        return Filter("all"), "all"
    return Filter("mine"), f"supervisor {actor.staff}"


@click.command("triage")
@scope_options
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N cases.")
@click.option("--every", is_flag=True, help="All duties of each case, settled and not applicable ones too.")
@common
def triage_command(
    call: Call, supervisor: str | None, wing: str | None, everyone: bool, limit: int | None, every: bool
) -> None:
    """The caseload in urgency order, with why."""
    from db import views

    today = call.today
    with signed_in(call) as actor:
        wanted, scope = filter_of(actor, supervisor, wing, everyone)
        rows = views.caseload(actor, wanted, today, limit=limit).rows
        counts = views.counts(actor, wanted, today)
        owed = {row.number: row.duties for row in rows}
        if every:
            owed = views.every_duty(actor, owed, today)
    if call.format == "json":
        output.emit_json(shapes.triage(today, scope, counts, [shapes.case(row, owed[row.number]) for row in rows]))
    elif call.format == "csv":
        output.emit_csv(_HEADER, (_line(row) for row in rows))
    else:
        telling.tell_triage(scope, today, counts, rows)


_HEADER = ("state", "due", "days", "next duty", "owner", "others", "number", "name", "where", "seen", "release", "why")


def _line(row: CaseRow) -> tuple[object, ...]:
    now = row.next
    urgent = [duty for duty in row.duties if duty is not now and (duty.rank or 9) <= 6]
    return (
        row.state.value,
        now and now.due,
        now and now.days,
        now.title if now else "nothing outstanding",
        now and now.owner,
        len(urgent) or "",
        row.number,
        row.name,
        row.where,
        row.last_seen or "never",
        row.release_date or row.release_kind,
        now and now.why,
    )


@click.command("case")
@click.argument("number")
@click.option("--as-at", metavar="DATE", help="What the record held on that day.")
@common
def case_command(call: Call, number: str, as_at: str | None) -> None:
    """One case: facts, duties with why, what is missing."""
    from db import views
    from db.views.recall import recall_case

    day = read_day(as_at, "--as-at") if as_at else None
    with signed_in(call) as actor:
        found = views.case_detail(actor, number, call.today, day)
        planned = views.plan(actor, number, call.today, day)
        listed = views.checklist(actor, number, call.today, day)
        recall = recall_case(actor, number, call.today, day)
        staff = {member.id: member.name for member in views.staff()}
    if call.format == "json":
        output.emit_json(shapes.detail(found, planned, listed, recall, staff))
    elif call.format == "csv":
        output.emit_csv(_DUTY_HEADER, (_duty_line(duty) for duty in found.duties))
    else:
        telling.tell_case(found, recall, day or call.today)
        plan_telling.tell_plan(planned, day or call.today)


_DUTY_HEADER = ("state", "due", "days", "duty", "owner", "force", "figure", "why", "source", "id")


def _duty_line(duty: DutyRow) -> tuple[object, ...]:
    return (
        duty.state.value,
        duty.due,
        duty.days,
        duty.title,
        duty.owner,
        duty.force,
        duty.figure,
        duty.why,
        duty.source,
        duty.name,
    )


@click.command("duties")
@scope_options
@click.option("--state", "states", metavar="STATE,…", help="Only these states: safety, overdue, today, week, open …")
@click.option("--until", metavar="DATE", help="Only what is due by this day.")
@common
def duties_command(
    call: Call, supervisor: str | None, wing: str | None, everyone: bool, states: str | None, until: str | None
) -> None:
    """Every duty in range, for a diary or a script."""
    from db import views

    wanted_states = _states(states)
    last = read_day(until, "--until") if until else None
    today = call.today
    with signed_in(call) as actor:
        wanted, scope = filter_of(actor, supervisor, wing, everyone)
        settled, every = bool(wanted_states & _SETTLED), State.NOT_APPLICABLE in wanted_states
        rows = views.all_duties(actor, wanted, today, settled=settled, every=every)
    found = [
        (number, duty)
        for number, duty in rows
        if (not wanted_states or duty.state in wanted_states) and (last is None or _due_by(duty, last))
    ]
    if call.format == "json":
        duties = [{**shapes.duty(duty), "number": number} for number, duty in found]
        output.emit_json({"as_at": today, "scope": scope, "duties": duties})
        return
    if call.format == "csv":
        output.emit_csv(("number", *_DUTY_HEADER), ((number, *_duty_line(duty)) for number, duty in found))
    else:
        telling.tell_duties(f"{telling.headed(scope)}, {today.isoformat()}: {len(found)} duties.", found)


_SETTLED = frozenset({State.MET, State.WAIVED, State.FAILED})


def _states(text: str | None) -> frozenset[State]:
    from db.errors import Invalid

    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    known = {state.value: state for state in State if state is not State.CLEAR}
    for name in names:
        if name not in known:
            raise Invalid(f"A state is one of {', '.join(known)}; “{name}” is not.")
    return frozenset(known[name] for name in names)


def _due_by(duty: DutyRow, last: date) -> bool:
    until = duty.deferred_to or duty.due
    return until is not None and until.isoformat()[:10] <= last.isoformat()
