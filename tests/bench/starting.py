"""Starting, keys and memory: the application and the least applications there can be, in pseudo-terminals."""

from pathlib import Path

from db import door, views
from db.rows import Filter
from tests.bench.measuring import Row, in_turns, median, p95, timed_row
from tests.bench.prisons import TODAY, USER, Prison
from tests.bench.window import DOWN, END, UP, Window, environment, window

LABEL, TABLE = "one_label.py", "bare_table.py"


class Bench:
    """Programs in windows, with a home of their own."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def told(self, prison: Prison | None = None) -> dict[str, str]:
        """What a program is told; one that opens a record, also its key."""
        told = environment(self._home)
        return {**told, "BENCH_KEY": prison.key.hex()} if prison else told

    def wingdesk(self, prison: Prison) -> tuple[str, ...]:
        """The application on this record, as its manager: everybody is listed."""
        return ("opened.py", str(prison.directory), TODAY.isoformat(), USER, "M Shah", "manager")


def first_names(prison: Prison) -> list[str]:
    """The surnames the caseload begins with, as it writes them."""
    actor = door.sign_in_with(prison.directory, prison.key, USER, TODAY)
    try:
        return [row.surname.upper()[:12] for row in views.caseload(actor, Filter("all"), TODAY, limit=5).rows]
    finally:
        door.sign_out()


def start(bench: Bench, prison: Prison, limit: float, times: int) -> list[Row]:
    """From the start of the process to the first screen, and to the first key answered."""
    names = first_names(prison)
    told = {True: bench.told(prison), False: bench.told()}
    drawn: dict[bool, list[float]] = {True: [], False: []}

    def one(ours: bool) -> float:
        script = bench.wingdesk(prison) if ours else (LABEL,)
        with window(*script, told=told[ours]) as shown:
            drawn[ours].append(shown.wait(*(names if ours else ["one label"])))
            shown.press(DOWN)
            return shown.wait("2 of" if ours else "answered")

    usable = in_turns(times, lambda: one(True), lambda: one(False))
    group, cases = "start", f"{prison.cases:,} cases"
    return [
        timed_row(
            group, f"start to first usable caseload, {cases}", "a one-label Textual app, to its first key answered",
            limit, usable,
        ),
        timed_row(
            group, f"start to rows drawn, {cases}", "a one-label Textual app, to its label drawn",
            limit, (drawn[True][1:], drawn[False][1:]),
        ),
    ]  # fmt: skip


def keys(bench: Bench, prison: Prison, times: int) -> list[Row]:
    """From a key to the first byte it brings: down the caseload, beside up and down fifty rows."""
    with (
        window(*bench.wingdesk(prison), told=bench.told(prison)) as ours,
        window(TABLE, told=bench.told()) as theirs,
    ):
        ours.wait(*first_names(prison))
        theirs.wait("PERSON 001")
        for shown in (ours, theirs):
            shown.settle(0.5)
        turn = iter(range(10_000))

        def press_theirs() -> float:
            # 45 rows down, 45 up, so that every key moves the cursor.
            return _pressed(theirs, DOWN if next(turn) // 45 % 2 == 0 else UP)

        pair = in_turns(times, lambda: _pressed(ours, DOWN), press_theirs, warm=5)
    cases = f"{prison.cases:,} cases"
    against = "a bare Line-API table of 50 rows, the same key"
    mine, others = ([1000 * second for second in seconds] for seconds in pair)
    return [
        Row("keys", f"key to first byte, {cases}, median", against, "ms", median(mine), median(others), 1.5),
        Row("keys", f"key to first byte, {cases}, p95", against, "ms", p95(mine), p95(others), 1.5),
    ]


def _to_the_end(shown: Window, prison: Prison) -> None:
    """End, until the cursor is on the last person: each may load only a part of those who follow."""
    for _ in range(prison.cases):
        shown.press(END)
        shown.settle(0.4)
        if shown.said(f"{prison.cases} of"):
            return
    raise RuntimeError("the end never came")


def _pressed(shown: Window, key: bytes) -> float:
    answered = shown.press(key)
    # What the key changed elsewhere on the screen follows about 30 ms later and must not count for the next key.
    shown.settle(0.08)
    return answered


def memory(bench: Bench, prison: Prison, times: int) -> list[Row]:
    """What is held in memory once everything has settled, all of the caseload loaded."""
    names = first_names(prison)
    opened: list[float] = []
    told = bench.told(prison)

    def ours() -> float:
        with window(*bench.wingdesk(prison), told=told) as shown:
            shown.wait(*names)
            shown.settle(0.7)
            opened.append(shown.memory())
            _to_the_end(shown, prison)
            shown.settle(0.7)
            return shown.memory()

    def theirs() -> float:
        with window(LABEL, told=told) as shown:
            shown.wait("one label")
            shown.settle(0.7)
            return shown.memory()

    mine, others = in_turns(times, ours, theirs, warm=0)
    cases = f"{prison.cases:,} cases"
    label = median(others)
    against = "a one-label Textual app, VmRSS"
    return [
        Row("memory", f"memory, {cases} open, all loaded (End)", against, "MB", median(mine), label, 2.0),
        Row("memory", f"memory, {cases} open, as it opens", against, "MB", median(opened), label, 2.0),
    ]
