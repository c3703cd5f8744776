"""The table: on the terminal as it comes, and kept beside this file when it is whole."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench.measuring import Figure, Row

HERE = Path(__file__).parent


def line(row: Row) -> str:
    """One row for the terminal."""
    limit = f"{row.limit:.1f} ×" if row.limit else ""
    return (
        f"{row.measure:<48} {_figure(row.ours, row.unit):>26}  {_figure(row.theirs, row.unit):>26}"
        f"  {row.ratio:5.2f} ×  {limit:>5}  {row.verdict:<4}\n{'':4}beside: {row.against}"
    )


HEADING = f"{'measure':<48} {'Wingdesk':>26}  {'comparison':>26}  {'ratio':>7}  {'limit':>5}"


def _figure(figure: Figure, unit: str) -> str:
    return f"{_short(figure.value)} {unit} ({_short(figure.low)}–{_short(figure.high)})"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def keep(rows: Sequence[Row], *, quick: bool, took: float) -> None:
    """Write RESULTS.md and results.json."""
    about = {
        "measured": datetime.now().astimezone().isoformat(timespec="minutes"),
        "quick": quick,
        "took_seconds": round(took),
        "python": platform.python_version(),
        "textual": version("textual"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
    }
    kept = {**about, "rows": [{**asdict(row), "ratio": round(row.ratio, 3), "verdict": row.verdict} for row in rows]}
    (HERE / "results.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (HERE / "RESULTS.md").write_text(_page(rows, about), encoding="utf-8")


def _page(rows: Sequence[Row], about: dict[str, object]) -> str:
    head = (
        "# What `make bench` measured last\n\n"
        f"{about['measured']}, Python {about['python']}, Textual {about['textual']}, {about['machine']}"
        f"{', without the 100,000 cases' if about['quick'] else ''}.\n"
        "Medians with first and third quartile; both sides in turns in one run. Trust the ratios, not the figures.\n\n"
        "| measure | Wingdesk | comparison | ratio | at most | | beside |\n|---|---|---|---|---|---|---|\n"
    )
    return head + "".join(
        f"| {row.measure} | {_figure(row.ours, row.unit)} | {_figure(row.theirs, row.unit)} | {row.ratio:.2f} × "
        f"| {f'{row.limit:.1f} ×' if row.limit else ''} | {row.verdict} | {row.against} |\n"
        for row in rows
    )
