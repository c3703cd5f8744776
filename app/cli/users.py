"""Staff and sign-ins."""

import click

from app.cli import output
from app.cli.options import Call, common, signed_in
from db.errors import Invalid
from db.rows import Role

ROLES = tuple(role.value for role in Role)


@click.group("users")
def users_command() -> None:
    """Staff and sign-ins."""


def _told(call: Call, user: str, sentence: str, rows: tuple[str, ...] = ()) -> None:
    if call.format == "json":
        output.emit_json({"user": user, "rows": rows})
    else:
        click.echo(f"{sentence or 'Done'}.".replace("..", "."))


@users_command.command("list")
@common
def list_users(call: Call) -> None:
    """Everybody: staff, and who signs in as what."""
    from db import views

    with signed_in(call):
        staff = views.staff()
    if call.format == "json":
        output.emit_json(
            [
                {
                    "user": member.id,
                    "name": member.name,
                    "role": member.role if member.sign_in else None,
                    "sign_in": member.sign_in,
                    "active": member.active,
                }
                for member in staff
            ]
        )
        return
    header = ("user", "name", "role", "signs in", "here")
    rows = [(one.id, one.name, one.role.value if one.sign_in else "", one.sign_in, one.active) for one in staff]
    output.emit_csv(header, rows) if call.format == "csv" else output.emit_table(header, rows, "Staff")


@users_command.command("add")
@click.argument("user_name", metavar="USER")
@click.option("--name", default="", help="As others see it; the user name if not said.")
@click.option("--role", type=click.Choice(ROLES), help="What they may do; needed for somebody who signs in.")
@click.option("--no-sign-in", is_flag=True, help="They hold cases and do not sign in.")
@common
def add_user(call: Call, user_name: str, name: str, role: str | None, no_sign_in: bool) -> None:
    """Add a member of staff; the new password comes second, after your own."""
    from db import commands

    if not no_sign_in and role is None:
        raise Invalid("Say what they may do with --role, or --no-sign-in.")
    with signed_in(call) as actor:
        password = None if no_sign_in else call.new_password()
        given = None if no_sign_in or role is None else Role(role)
        done = commands.add_staff(actor, user_name, name or user_name, given, call.today, password)
    _told(call, user_name, done.sentence, done.rows)


@users_command.command("role")
@click.argument("user_name", metavar="USER")
@click.argument("role", type=click.Choice(ROLES), metavar="ROLE")
@common
def role_of_user(call: Call, user_name: str, role: str) -> None:
    """Give somebody another role."""
    from db import commands

    with signed_in(call) as actor:
        done = commands.change_role(actor, user_name, Role(role), call.today)
    _told(call, user_name, done.sentence, done.rows)


@users_command.command("password")
@common
def change_password(call: Call) -> None:
    """Change your own password; the record is not touched."""
    from db.keyring import Keyring
    from db.passwords import refuse_weak

    if not call.user:
        raise Invalid("Say who you are with --user or WINGDESK_USER.")
    old = call.password()
    ring = Keyring(call.directory)
    ring.unlock(call.user, old)
    new = call.new_password()
    refuse_weak(call.user, new)
    ring.change_password(call.user, old, new)
    _told(call, call.user, "Your password is changed")


@users_command.command("disable")
@click.argument("user_name", metavar="USER")
@common
def disable_user(call: Call, user_name: str) -> None:
    """Take somebody's sign-in away; their cases are then without a supervisor."""
    from db import commands

    with signed_in(call) as actor:
        done = commands.disable(actor, user_name, call.today)
    _told(call, user_name, done.sentence, done.rows)


@users_command.command("reset")
@click.argument("user_name", metavar="USER")
@click.option("--recovery", is_flag=True, help="With the record's recovery code instead of your password.")
@common
def reset_user(call: Call, user_name: str, recovery: bool) -> None:
    """Give somebody a new password; what they had half typed is discarded."""
    from db import commands, door

    if recovery:
        code = call.password("Recovery code: ")
        door.recover(call.directory, code, user_name, call.new_password(), call.today)
        door.sign_out()
        _told(call, user_name, f"{user_name} has a new password")
        return
    with signed_in(call) as actor:
        done = commands.reset_password(actor, user_name, call.new_password(), call.today)
    _told(call, user_name, done.sentence, done.rows)
