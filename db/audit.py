"""The audit trail: one line a command, restricted read, sign-in, failure, export or print; chained, never changed.

Each terminal has its own chain: a line's hash covers the line and the hash before it, and names the newest
lines of other terminals that this one had not yet seen, so that any line commits to all that came before it,
whoever wrote it. A chain cannot tell of its own missing end: for that a head is printed on reports and kept
in backups and exchange files, and `verify` is given it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from db import engine
from db.clock import stamp
from db.errors import Invalid, OurFault
from db.store import Store

ENTRY_COLUMNS = (
    "id",
    "case",
    "kind",
    "key",
    "effective",
    "day",
    "recorded",
    "by",
    "terminal",
    "source",
    "replaces",
    "withdrawn",
    "command",
    "payload",
    "restricted",
)
_BOOLEANS = (ENTRY_COLUMNS.index("withdrawn"), ENTRY_COLUMNS.index("restricted"))
_COLUMNS = (
    "terminal",
    "seq",
    "prev",
    "seen",
    "at",
    "day",
    "who",
    "verb",
    "case",
    "command",
    "digest",
    "rows",
    "restricted",
    "detail",
)
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_OWN = 'SELECT "seq", "hash", "id" FROM "audit" WHERE "terminal" = ? ORDER BY "seq" DESC LIMIT 1'
_UNSEEN = (
    'SELECT a."hash" FROM "audit" AS a WHERE a."id" > ? AND a."terminal" <> ? AND a."seq" = '
    '(SELECT max(b."seq") FROM "audit" AS b WHERE b."terminal" = a."terminal") ORDER BY a."hash"'
)
_INSERT = f'INSERT INTO "audit" ({_NAMES}, "hash") VALUES ({", ".join("?" * (len(_COLUMNS) + 1))})'
_WRITTEN = f'SELECT {", ".join(f"{chr(34)}{name}{chr(34)}" for name in ENTRY_COLUMNS)} FROM "entry"'
SHORTEST_HEAD = 16


@dataclass(frozen=True, slots=True)
class Line:
    """What happened: `who` (staff id) did `verb` at `terminal`; `day` is what today was (ISO date).

    `command` and `rows` say what was written. Restricted lines keep their `case`; only the manager reads them.
    """

    who: str
    terminal: str
    verb: str
    day: str = ""
    case: str | None = None
    command: str | None = None
    digest: str = ""
    rows: int = 0
    restricted: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line: its hash stands for the whole trail up to it. `at` is its UTC stamp, `lines` how many."""

    hash: str
    at: str
    lines: int

    @property
    def printed(self) -> str:
        """As printed on reports: 32 hexadecimal figures in four groups; `verify` takes it back as it stands."""
        return "-".join(self.hash[start : start + 8] for start in range(0, 32, 8))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the trail: in whose chain and where (0: as a whole), and a sentence."""

    terminal: str
    seq: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: lines and rows looked at, and every fault; sound if there is none."""

    lines: int
    rows: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


def append(store: Store, line: Line) -> str:
    """Add one line, inside the `store.write()` of what it tells of; gives its hash.

    Where `line.command` is named and no digest given, the rows of that command are read back and digested.
    """
    if not store.database.in_transaction():
        raise OurFault("Wingdesk tried to note a command apart from the command itself. Nothing was written.")
    run = partial(engine.run, store.database)
    digest, rows = line.digest, line.rows
    if line.command is not None and not digest:
        digest, rows = digest_rows(run(f'{_WRITTEN} WHERE "command" = ?', (line.command,)))
    own = run(_OWN, (line.terminal,)).fetchone() or (0, "", 0)
    unseen = ",".join(row[0] for row in run(_UNSEEN, (own[2], line.terminal)))
    values = (
        line.terminal,
        own[0] + 1,
        own[1],
        unseen,
        next_stamp(store),
        line.day,
        line.who,
        line.verb,
        line.case,
        line.command,
        digest,
        rows,
        line.restricted,
        line.detail,
    )
    known = line_hash(values)
    run(_INSERT, (*values, known))
    return known


def next_stamp(store: Store) -> str:
    """A stamp later than every audit line's, whatever the clock says; inside `store.write()`."""
    last = engine.run(store.database, 'SELECT "at" FROM "audit" ORDER BY "id" DESC LIMIT 1').fetchone()
    return stamp(after=last[0] if last else "")


def newest(store: Store) -> int:
    """The id of the newest line; 0 while there is none."""
    with store.read() as database:
        return int(engine.run(database, 'SELECT max("id") FROM "audit"').fetchone()[0] or 0)


def others_wrote(store: Store, after: int, who: str, terminal: str) -> tuple[int, bool]:
    """The id of the newest line, and whether one after `after` tells of rows that somebody else wrote, or elsewhere."""
    sql = 'SELECT max("id"), max("rows" > 0 AND ("who" <> ? OR "terminal" <> ?)) FROM "audit" WHERE "id" > ?'
    with store.read() as database:
        last, others = engine.run(database, sql, (who, terminal, after)).fetchone()
    return int(last or after), bool(others)


def line_hash(values: Sequence[object]) -> str:
    """SHA-256 of an audit row's columns, `terminal` to `detail` in the table's order, in one canonical form."""
    plain = [bool(value) if name == "restricted" else value for name, value in zip(_COLUMNS, values, strict=True)]
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()


def digest_rows(rows: Iterable[Sequence[object]]) -> tuple[str, int]:
    """SHA-256 over entry rows (columns as `ENTRY_COLUMNS`), whatever their order, and how many; "" for none."""
    encoded = sorted(_canonical(row) for row in rows)
    return (hashlib.sha256(b"\n".join(encoded)).hexdigest(), len(encoded)) if encoded else ("", 0)


def head(store: Store) -> Head | None:
    """The newest line, or None while there is none."""
    with store.read() as database:
        row = engine.run(database, 'SELECT "hash", "at" FROM "audit" ORDER BY "id" DESC LIMIT 1').fetchone()
        if row is None:
            return None
        count = engine.run(database, 'SELECT count(*) FROM "audit"').fetchone()[0]
        return Head(row[0], row[1], count)


def verify(store: Store, head: str | None = None) -> Verdict:
    """Look at every line and every row for edits, deletions and reordering.

    With a `head` kept outside, also for a missing end, or an older record put in this one's place. A head is a
    hash or its first 16 or more figures, with or without hyphens; Invalid if it is not.
    """
    wanted = _tidy_head(head)
    with store.read() as database:
        trail = _Trail()
        for row in engine.run(database, f'SELECT {_NAMES}, "hash" FROM "audit" ORDER BY "terminal", "seq", "id"'):
            trail.look_at(row)
        rows = 0
        for command, digest, count in _by_command(engine.run(database, f'{_WRITTEN} ORDER BY "command", "id"')):
            rows += count
            trail.compare(command, digest)
    trail.conclude(wanted)
    return Verdict(trail.lines, rows, tuple(trail.faults))


class _Trail:
    """The walk along every chain, and what it found."""

    def __init__(self) -> None:
        self.lines = 0
        self.faults: list[Fault] = []
        self._hashes: set[str] = set()
        self._named: list[tuple[str, int, str]] = []
        self._written: dict[str, tuple[str, str, int]] = {}
        self._terminal, self._seq, self._before = "", 0, ""

    def look_at(self, row: Sequence[object]) -> None:
        *values, known = row
        terminal, seq, prev, seen = str(values[0]), int(str(values[1])), values[2], str(values[3])
        if terminal != self._terminal:
            self._terminal, self._seq, self._before = terminal, 0, ""
        if seq != self._seq + 1:
            self._fault(seq, f"line {self._seq + 1} is missing" if seq > self._seq else "two lines have this number")
        elif prev != self._before:
            self._fault(seq, "it does not follow the line before it")
        if line_hash(values) != known:
            self._fault(seq, "it was changed after it was written")
        self._seq, self._before = seq, str(known)
        self._hashes.add(str(known))
        self.lines += 1
        self._named += [(terminal, seq, other) for other in seen.split(",") if other]
        command = values[_COLUMNS.index("command")]
        digest = str(values[_COLUMNS.index("digest")])
        if command is not None and digest:
            self._written[str(command)] = (digest, terminal, seq)

    def compare(self, command: str, digest: str) -> None:
        told = self._written.pop(command, None)
        if told is None:
            self.faults.append(Fault("", 0, f"Rows of command {command} are in no line of the audit trail."))
        elif told[0] != digest:
            self.faults.append(Fault(told[1], told[2], "The rows this line tells of are not as they were written."))

    def conclude(self, wanted: str) -> None:
        for _, terminal, seq in self._written.values():
            self.faults.append(Fault(terminal, seq, "The rows this line tells of are gone."))
        for terminal, seq, other in self._named:
            if other not in self._hashes:
                self.faults.append(Fault(terminal, seq, "A line of another terminal that this line names is gone."))
        if wanted and not any(known.startswith(wanted) for known in self._hashes):
            self.faults.append(
                Fault(
                    "", 0, "The head given is not in the trail: its end was cut off, or an older record put in place."
                )
            )

    def _fault(self, seq: int, what: str) -> None:
        self.faults.append(Fault(self._terminal, seq, f"Audit line {seq} of terminal {self._terminal}: {what}."))


def _canonical(row: Sequence[object]) -> bytes:
    return msgspec.json.encode([bool(value) if at in _BOOLEANS else value for at, value in enumerate(row)])


def _by_command(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, str, int]]:
    """Command, digest and number of its rows, for rows ordered by command."""
    at, kept = ENTRY_COLUMNS.index("command"), list[Sequence[object]]()
    for row in rows:
        if kept and kept[0][at] != row[at]:
            yield str(kept[0][at]), *digest_rows(kept)
            kept = []
        kept.append(row)
    if kept:
        yield str(kept[0][at]), *digest_rows(kept)


def _tidy_head(head: str | None) -> str:
    if head is None:
        return ""
    wanted = "".join(head.split()).replace("-", "").casefold()
    if len(wanted) < SHORTEST_HEAD or set(wanted) - set("0123456789abcdef"):
        raise Invalid(f"A head is at least {SHORTEST_HEAD} hexadecimal figures, as printed on a report.", "head")
    return wanted
