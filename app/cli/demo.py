"""The demonstration: a synthetic prison, opened signed in, gone afterwards unless it is kept."""

import sys
import tempfile
from datetime import date
from pathlib import Path

import click

from app.cli import output
from app.cli.options import Call, common
from db.errors import Invalid, WrongPassword
from db.rows import Role

ROLES = tuple(role.value for role in Role)


@click.command("demo")
@click.option(
    "--cases", type=click.IntRange(1, 100_000), default=400, metavar="N", help="How many people; 400 if not said."
)
@click.option("--seed", type=int, default=1, metavar="S", help="Another number, another prison.")
@click.option("--role", type=click.Choice(ROLES), default=Role.SUPERVISOR.value, help="Signed in as whom.")
@click.option(
    "--keep", type=click.Path(path_type=Path), metavar="DIR", help="Keep it there, or use what is kept there."
)
@click.option("--no-open", is_flag=True, help="Only make it.")
@common
def demo_command(call: Call, cases: int, seed: int, role: str, keep: Path | None, no_open: bool) -> int:
    """Open a synthetic prison, signed in; nothing and nobody in it is real.

    Kept, it is an ordinary encrypted record with the users supervisor, administrator, manager and inspector, whose
    password is demonstration.
    """
    if no_open and keep is None:
        raise Invalid("Say where it is to be made: --keep DIR.")
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="wingdesk-") as passing:
            _make(Path(passing) / "record", call.today, cases, seed)
            return _open(Path(passing) / "record", role)
    directory = keep.expanduser()
    made = _make(directory, call.today, cases, seed)
    if not no_open:
        return _open(directory, role)
    if not made:
        from db import door

        _sit_down(directory, role)
        door.sign_out()
    if call.format == "json":
        output.emit_json({"record": str(directory), "users": ROLES})
    else:
        what = "Made in" if made else "There already in"
        click.echo(f"{what} {directory}: users {', '.join(ROLES)}, password demonstration.")
    return 0


def _make(directory: Path, today: date, cases: int, seed: int) -> bool:
    """Make it, unless there is a record already; gives whether it was made."""
    from db import demo, store

    if store.exists(directory):
        return False
    shown = sys.stderr.isatty()

    def progress(done: int, whole: int) -> None:
        if shown:
            click.echo(f"\rMaking a prison that does not exist: {done} of {whole} people", nl=False, err=True)

    demo.build(directory, today, cases, seed, progress=progress)
    if shown:
        click.echo("", err=True)
    return True


def _open(directory: Path, role: str) -> int:
    """Open what is there at its own day; a record that is no demonstration is refused."""
    from app.shell import open_shell
    from db import door

    user, day = _sit_down(directory, role)
    return open_shell(directory, user, day, demonstration=True, signed_in=door.enter(user, day))


def _sit_down(directory: Path, role: str) -> tuple[str, date]:
    """Open the demonstration that is there as the user of that role; gives the user and its day.

    Raises Invalid where it is a record, and no demonstration.
    """
    from db import current, demo, door, store

    none = Invalid(
        f"What is in {directory} is no demonstration, or its passwords were changed. "
        f"Open it with wingdesk --record {directory}."
    )
    try:
        key, user = demo.key_and_user(directory, role)
    except WrongPassword as error:
        raise none from error
    current.sit_down(store.open_record(directory, key))
    day = demo.demonstration_day()
    if day is None:
        door.sign_out()
        raise none
    return user, day
