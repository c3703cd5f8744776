"""`make bench`: the speed table, each row beside its comparison in the same run.

`--quick` leaves out the 100,000 cases; `--only GROUP` (start, keys, read, write, triage, memory) measures one group
and keeps nothing.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import prisons, processes, reading, starting, telling, writing
from tests.bench.measuring import Row
from tests.bench.prisons import Prison

FEW, COPIES = 2000, 50
Measures = Callable[[], list[Row]]


def groups(place: Path, few: Prison, many: Callable[[], Prison], *, quick: bool) -> Iterator[tuple[str, Measures]]:
    """Every group of rows by name, in the order of the table; those of 100,000 cases unless it is to be quick."""
    home = place / "home"
    home.mkdir()
    bench = starting.Bench(home)
    short = 7 if quick else 15
    yield "start", lambda: starting.start(bench, few, 1.5, short)
    yield "keys", lambda: starting.keys(bench, few, 60 if quick else 150)
    yield "memory", lambda: starting.memory(bench, few, 1 if quick else 3)
    yield "read", lambda: reading.caseload(few, whole=True, times=40 if quick else 100)
    yield "triage", lambda: processes.triage(few, home, 5 if quick else 11)
    yield "write", lambda: writing.taking_in(place, FEW, 2 if quick else 3)
    yield "write", lambda: writing.command(few, 50 if quick else 100)
    yield "read", lambda: reading.long_case(few, 20 if quick else 40)
    if not quick:
        yield "start", lambda: starting.start(bench, many(), 1.6, short)
        yield "keys", lambda: starting.keys(bench, many(), 150)
        yield "read", lambda: reading.caseload(many(), whole=False, times=100)


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the 100,000 cases")
    parser.add_argument("--only", metavar="GROUP", help="one group of rows; nothing is kept")
    given = parser.parse_args()
    begun = time.perf_counter()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="wingdesk-bench-") as directory:
        place = Path(directory)
        few = prisons.demonstration(place / "few", FEW)
        print(f"A demonstration prison of {few.cases:,} cases: {time.perf_counter() - begun:.0f} s\n", flush=True)
        made: list[Prison] = []

        def many() -> Prison:
            if not made:
                at = time.perf_counter()
                made.append(prisons.many(few, place / "many", COPIES))
                print(f"\n{made[0].cases:,} cases: {time.perf_counter() - at:.0f} s\n", flush=True)
            return made[0]

        print(telling.HEADING, flush=True)
        for name, measures in groups(place, few, many, quick=given.quick):
            if given.only in (None, name):
                for row in measures():
                    rows.append(row)
                    print(telling.line(row), flush=True)
    took = time.perf_counter() - begun
    over = [row.measure for row in rows if row.verdict == "OVER"]
    print(f"\n{took:.0f} s. " + (f"Over: {'; '.join(over)}." if over else "Nothing is over its limit."))
    if not given.only:
        telling.keep(rows, quick=given.quick, took=took)


if __name__ == "__main__":
    main()
