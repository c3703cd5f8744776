"""Looking after a record: making one, taking extracts in, backing up, restoring, checking."""

from pathlib import Path

import click

from app.cli import output
from app.cli.options import Call, common, signed_in
from db.errors import CheckFailed, Invalid, RecordDamaged, RecordMissing, WrongRecord
from db.rows import Question, Refused


@click.command("init")
@click.option("--establishment", required=True, metavar="NAME", help="The prison's name.")
@click.option("--code", default="", metavar="MDI", help="Its code in extracts; rows for others are then skipped.")
@click.option("--name", default="", help="The first user's name as others see it; the user name if not said.")
@common
def init_command(call: Call, establishment: str, code: str, name: str) -> None:
    """Make an encrypted record and its first user, a manager; shows the recovery code once."""
    from db import door

    if not call.user:
        raise Invalid("Name the first user, a manager, with --user.")
    if not establishment.strip():
        raise Invalid("The establishment needs a name.")
    password = call.password()
    actor, recovery = door.make_record(
        call.directory,
        establishment.strip(),
        code.strip().upper(),
        call.user,
        name.strip() or call.user,
        password,
        call.today,
    )
    door.sign_out()
    if call.format == "json":
        output.emit_json({"record": str(call.directory), "user": actor.staff, "recovery_code": recovery})
        return
    click.echo(
        f"Made an encrypted record for {establishment.strip()} in {call.directory}; {actor.staff} is its manager."
    )
    click.echo(f"Recovery code, shown this once: {recovery}")
    click.echo("Write it down and lock it away: it opens the record when every password is lost.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what it would do; write nothing.")
@click.option("--strict", is_flag=True, help="One refusal, and nothing is written (exit 1).")
@click.option("--partial", is_flag=True, help="The file is part of the roll: nobody is gone.")
@click.option(
    "--already-here",
    type=click.Choice(["file", "late"]),
    default="file",
    help="First intake: duties due before today are to be checked in the file, or late.",
)
@common
def import_command(call: Call, file: Path, dry_run: bool, strict: bool, partial: bool, already_here: str) -> int:
    """Take in an extract; says what is new, changed, unchanged, gone, refused, asked."""
    from db import intake

    with signed_in(call) as actor:
        if dry_run:
            done = intake.preview(actor, file, call.today, partial)
        else:
            done = intake.take_in(actor, file, call.today, partial, strict, already_here)
    if call.format == "json":
        output.emit_json(
            {
                "file": done.file,
                "rows": done.rows,
                "new": done.new,
                "changed": done.changed,
                "unchanged": done.unchanged,
                "gone": done.gone,
                "skipped": done.skipped,
                "refused": done.refused,
                "questions": done.questions,
            }
        )
    else:
        click.echo(
            f"{done.file}: {done.rows} rows: {done.new} new, {done.changed} changed, {done.unchanged} unchanged, "
            f"{done.gone} gone, {done.skipped} skipped, {len(done.refused)} refused."
        )
        _list("Refused", ("line", "number", "field", "value", "why"), done.refused)
        _list("To be asked", ("number", "about", "why", "evidence"), done.questions)
    for note in done.notes:
        output.tell(note)
    if strict and done.refused:
        output.tell("There are refusals, so nothing was taken in.")
        return CheckFailed.exit_status
    if not done.written:
        output.tell("Nothing was written." if dry_run else "")
    elif done.first:
        said = "to be checked in the file" if already_here == "file" else "late"
        output.tell(f"The first intake: duties due before today of people here already are {said}.")
    return 0


def _list(title: str, header: tuple[str, ...], rows: tuple[Refused, ...] | tuple[Question, ...]) -> None:
    if rows:
        from msgspec.structs import astuple

        output.emit_table(header, (astuple(row) for row in rows), title)


@click.command("backup")
@click.argument("directory", type=click.Path(path_type=Path))
@common
def backup_command(call: Call, directory: Path) -> None:
    """Back the record up into a directory, checked after writing."""
    from db import backup, current, door

    with signed_in(call) as actor:
        door.note(actor, "back up", call.today)
        made = backup.make(current.store(), directory)
    if call.format == "json":
        output.emit_json({"file": str(made.path), "made": made.made, "head": made.head})
    else:
        click.echo(f"Backed up to {made.path}, and checked. Audit head: {made.head}")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@common
def restore_command(call: Call, file: Path) -> None:
    """Put a backup in the record's place; the record that was there is kept aside."""
    from db import backup, door, roles

    if not call.user:
        raise Invalid("Say who you are with --user or WINGDESK_USER.")
    if not file.is_file():
        raise Invalid(f"There is no backup at {file}. Nothing was changed.")
    password = call.password()
    try:
        actor = door.sign_in(call.directory, call.user, password, call.today)
        roles.check(actor, "restore")
    except (RecordMissing, RecordDamaged, WrongRecord):
        pass  # there is nothing left to ask who is the manager; the backup's own key slots decide
    finally:
        door.sign_out()
    user = call.user
    aside = backup.restore(file, call.directory, lambda ring: ring.unlock(user, password))
    actor = door.sign_in(call.directory, call.user, password, call.today)
    door.note(actor, "restore", call.today, detail=file.name)
    door.sign_out()
    kept = f" The record that was there is in {aside}." if aside else ""
    if call.format == "json":
        output.emit_json({"restored": str(file), "aside": str(aside) if aside else None})
    else:
        click.echo(f"Restored from {file}.{kept}")


@click.command("verify")
@click.option("--head", metavar="HASH", help="An audit head printed or kept outside the record.")
@common
def verify_command(call: Call, head: str | None) -> int:
    """Check the file, the audit trail, and every stored duty against the rows; exit 1 if something is wrong."""
    from db import audit, current
    from db.verify import verify

    with signed_in(call):
        found = verify(call.today, head)
        newest = audit.head(current.store())
    if call.format == "json":
        output.emit_json(
            {
                "sound": found.sound,
                "audit_lines": found.lines,
                "rows": found.rows,
                "cases": found.cases,
                "faults": found.faults,
                "head": newest.hash if newest else None,
            }
        )
    else:
        for fault in found.faults:
            click.echo(output.visible(fault))
        sound = "Sound" if found.sound else f"{len(found.faults)} faults"
        click.echo(f"{sound}: {found.lines} audit lines, {found.rows} rows, {found.cases} cases worked out again.")
        if newest:
            click.echo(f"Audit head: {newest.printed}")
    return 0 if found.sound else CheckFailed.exit_status


@click.command("audit")
@click.option("--case", "number", metavar="N", help="Only what was done about one person.")
@common
def audit_command(call: Call, number: str | None) -> None:
    """Who did what, when, at which terminal: your own entries; the manager and an inspector read everybody's."""
    from db import views

    with signed_in(call) as actor:
        found = views.trail(actor, number)
    if call.format == "json":
        lines = [
            {
                "at": row.at,
                "day": row.day,
                "who": row.who,
                "name": row.name,
                "terminal": row.terminal,
                "verb": row.verb,
                "number": row.number or None,
                "detail": row.detail or None,
                "rows": row.rows,
                "restricted": row.restricted,
            }
            for row in found
        ]
        output.emit_json({"lines": lines})
        return
    rows = [
        (f"{row.at.astimezone():%Y-%m-%d %H:%M:%S}", row.name, row.terminal, row.verb, row.number, row.detail)
        for row in found
    ]
    if call.format == "csv":
        output.emit_csv(_TRAIL, rows)
    elif rows:
        output.emit_table(_TRAIL, rows, f"Audit trail: {len(rows)} line{'s' if len(rows) != 1 else ''}")
    else:
        output.tell("There is nothing in the trail that you may read.")


_TRAIL = ("when", "who", "terminal", "what", "number", "detail")
