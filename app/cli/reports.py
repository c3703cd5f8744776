"""Reports: the same figures as the screens, for a file or another program."""

from importlib import import_module

import click

from app.cli.options import Call, common, read_day, signed_in

REPORTS = ("workload", "recall")
"""What can be reported on: `app.cli.report_<name>` tells it."""


@click.command("report")
@click.argument("what", type=click.Choice(REPORTS), metavar="WHAT")
@click.option("--from", "since", metavar="DATE", help="The first day of the period.")
@click.option("--to", "until", metavar="DATE", help="The last day of the period; the day of the report if not said.")
@click.option("--as-at", metavar="DATE", help="As the record had it on that day.")
@common
def report_command(call: Call, what: str, since: str | None, until: str | None, as_at: str | None) -> None:
    """The same figures as the screens: workload or recall."""
    days = (
        read_day(since, "--from") if since else None,
        read_day(until, "--to") if until else None,
        read_day(as_at, "--as-at") if as_at else None,
    )
    with signed_in(call) as actor:
        import_module(f"app.cli.report_{what}").report(call, actor, *days)
