"""The commands by name, each loaded only when it is called, and what becomes of errors."""

import importlib
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from app import brisk
from app.cli.options import Call, common, record_directory

_COMMANDS = {
    "init": "looking_after",
    "import": "looking_after",
    "backup": "looking_after",
    "restore": "looking_after",
    "verify": "looking_after",
    "audit": "looking_after",
    "triage": "reading",
    "case": "reading",
    "duties": "reading",
    "log": "casework",
    "done": "casework",
    "defer": "casework",
    "waive": "casework",
    "set": "casework",
    "recall": "recall",
    "report": "reports",
    "facts": "rules",
    "rulebook": "rules",
    "users": "users",
    "print": "printing",
    "pathway": "pathways",
    "pathways": "pathways",
    "leaving": "pathways",
    "services": "pathways",
    "demo": "demo",
}
OUR_FAULT = 70


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order people meet them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, or None."""
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        name = f"{cmd_name}_command"
        found = getattr(importlib.import_module(f"app.cli.{module}"), name)
        return found if isinstance(found, click.Command) else None


@click.group(cls=Commands, invoke_without_command=True)
@common
@click.version_option(package_name="wingdesk", prog_name="wingdesk")
def wingdesk(call: Call) -> None:
    """Who on my caseload needs me now, why, and what do I record?

    With no command it opens the full-screen application.
    """
    context = click.get_current_context()
    context.obj = call
    if context.invoked_subcommand is None:
        context.exit(_open(call))


def _open(call: Call) -> int:
    if not sys.stdout.isatty():
        click.echo("Wingdesk opens in a terminal. Without one, use a command such as wingdesk triage.", err=True)
        return 2
    from app.shell import open_shell

    return open_shell(call.directory, call.user or "", call.today, demonstration=False, day=call.day)


def run(arguments: Sequence[str]) -> int:
    """Run a command; gives its exit status. Nobody is ever shown a traceback."""
    brisk.starting()
    _stand_in()
    try:
        result = wingdesk.main(args=list(arguments), prog_name="wingdesk", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.exceptions.Abort:
        click.echo("Stopped. Nothing more was done.", err=True)
        return 2
    except click.ClickException as error:
        from app.cli import misused

        called = next((f"wingdesk {word}" for word in arguments if word in _COMMANDS), "wingdesk")
        click.echo(misused.sentence(error, called), err=True)
        return error.exit_code
    except SystemExit:
        # So Click leaves where whoever was reading the answer has stopped: nothing is wrong with that.
        return 0
    except Exception as error:
        return _failed(error)
    return result if isinstance(result, int) else 0


def _stand_in() -> None:
    """Where one of the standard streams was closed, let nothing take its place and its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _failed(error: Exception) -> int:
    from db.errors import RecordError, translate

    if isinstance(error, OSError) and error.filename is None:
        return _unheard(error)
    known = error if isinstance(error, RecordError) else translate(error)
    if known is not None:
        click.echo(known.sentence, err=True)
        return known.exit_status
    from app import crash

    directory = record_directory()
    log = crash.note(error, directory) if directory.is_dir() else None
    where = f" Details, with nobody's name in them, are in {log}." if log else ""
    click.echo(
        f"Wingdesk made a mistake of its own ({type(error).__name__}). What you were told was saved is saved; "
        f"nothing else was changed.{where}",
        err=True,
    )
    return OUR_FAULT


def _unheard(error: OSError) -> int:
    """The answer had nowhere to go, after the work was done: only writing it out fails without a file's name."""
    from db.errors import RecordError

    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    click.echo(
        f"The answer could not be written out ({error.strerror}). If this was to record something, look whether it "
        "is there before you do it again.",
        err=True,
    )
    return RecordError.exit_status
