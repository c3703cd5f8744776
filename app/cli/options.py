"""What every command takes: where the record is, who asks, which day it is, and how to answer."""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from db.errors import Invalid, NotSignedIn
from db.rows import Actor

FORMATS = ("table", "json", "csv")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the program: options given before or after the command, or in the environment."""

    record: str | None = None
    user: str | None = None
    password_stdin: bool = False
    today_text: str | None = None
    format: str | None = None

    @property
    def directory(self) -> Path:
        """The record's directory."""
        return record_directory(self.record)

    @property
    def today(self) -> date:
        """The day it is: as said, or really."""
        return self.day()

    @property
    def fixed(self) -> bool:
        """Whether the day was said and so does not change at midnight."""
        return bool(self.today_text)

    def day(self) -> date:
        """The day it is now; the same as before where it was said."""
        if not self.today_text:
            return date.today()
        return read_day(self.today_text, "--today")

    def password(self, prompt: str = "Password: ") -> str:
        """The user's password: from standard input, the file WINGDESK_PASSWORD_FILE names, or a prompt.

        Raises NotSignedIn where there is none of these.
        """
        return _secret(self.password_stdin, "WINGDESK_PASSWORD_FILE", prompt)

    def new_password(self) -> str:
        """Another password, for a new user or a change: the next line of standard input, a file, or a prompt, twice."""
        if self.password_stdin:
            return _line_of_input()
        if file := os.environ.get("WINGDESK_NEW_PASSWORD_FILE"):
            return _first_line(Path(file))
        wanted = "A new password is needed: at a prompt, or in the file WINGDESK_NEW_PASSWORD_FILE names."
        first = _prompt("New password: ", wanted)
        if first != _prompt("The same again: ", wanted):
            raise Invalid("The two passwords are not the same. Nothing was changed.")
        return first


def record_directory(given: str | None = None) -> Path:
    """The record's directory: as given, WINGDESK_RECORD, else where the platform keeps a user's data."""
    if found := given or os.environ.get("WINGDESK_RECORD"):
        return Path(found).expanduser()
    from platformdirs import user_data_path

    return user_data_path("wingdesk", appauthor=False)


def read_day(text: str, what: str) -> date:
    """An ISO date somebody gave. Raises Invalid."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(f"{what} wants a date such as 2026-05-22; “{text}” is not.") from error


def read_moment(text: str, what: str) -> date | datetime:
    """An ISO date, or date and time to the minute, somebody gave. Raises Invalid."""
    text = text.strip()
    if len(text) <= 10:
        return read_day(text, what)
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo:
            raise ValueError("a time is the clock's here, without a zone")
    except ValueError as error:
        raise Invalid(f"{what} wants a date such as 2026-05-22 or 2026-05-22T14:30; “{text}” is not.") from error
    return moment.replace(second=0, microsecond=0)


def _secret(from_input: bool, variable: str, prompt: str) -> str:
    if from_input:
        return _line_of_input()
    if file := os.environ.get(variable):
        return _first_line(Path(file))
    return _prompt(
        prompt, "A password is needed: at a prompt, in the file WINGDESK_PASSWORD_FILE names, or --password-stdin."
    )


def _line_of_input() -> str:
    line = sys.stdin.readline()
    if not line:
        raise NotSignedIn("No password came in on standard input.")
    return line.rstrip("\r\n")


def _first_line(file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:
            return opened.readline().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise NotSignedIn(f"The password file {file} cannot be read.") from error


def _prompt(words: str, nowhere: str) -> str:
    if not sys.stdin.isatty():
        raise NotSignedIn(nowhere)
    return str(click.prompt(words, hide_input=True, prompt_suffix="", err=True))


@contextmanager
def signed_in(call: Call) -> Iterator[Actor]:
    """The record open and somebody signed in, for as long as the command works.

    Raises NotSignedIn without a user, WrongPassword, TooSoon, RecordMissing and the record's other troubles.
    """
    from db import door

    if not call.user:
        raise NotSignedIn("Say who you are with --user or WINGDESK_USER.")
    today = call.today
    actor = door.sign_in(call.directory, call.user, call.password(), today)
    try:
        yield actor
    finally:
        door.sign_out()


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the common options; it gets them as `call`, merged with those given before the command."""

    @click.option("--record", metavar="DIR", help="The record's directory (WINGDESK_RECORD).")
    @click.option("--user", metavar="NAME", help="Who asks (WINGDESK_USER).")
    @click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
    @click.option("--today", "today_text", metavar="YYYY-MM-DD", help="The day it is taken to be (WINGDESK_TODAY).")
    @click.option("--format", type=click.Choice(FORMATS), help="How to answer; a table if not said.")
    @functools.wraps(command)
    def taking(**given: Any) -> Any:
        context = click.get_current_context()
        own = {name: given.pop(name) for name in ("record", "user", "password_stdin", "today_text", "format")}
        before = context.find_object(Call) or _from_environment()
        call = replace(before, **{name: value for name, value in own.items() if value})
        if call.today_text:
            read_day(call.today_text, "--today")
        return command(call=call, **given)

    return taking


def _from_environment() -> Call:
    return Call(user=os.environ.get("WINGDESK_USER"), today_text=os.environ.get("WINGDESK_TODAY"))
