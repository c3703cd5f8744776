"""The audit trail: what it says, and what it gives away when somebody has been at the record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import audit, engine, store, triggers
from db.audit import Line
from db.errors import Invalid, OurFault
from db.models import Audit, Entry
from db.store import Store

KEY = bytes(range(32))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Store]:
    with store.create(tmp_path, KEY, establishment="Moorland") as made:
        yield made


def command(record: Store, number: int, terminal: str = "desk", rows: int = 2) -> str:
    """One command that writes rows and its line."""
    with record.write():
        for row in range(rows):
            Entry.insert(
                id=f"{terminal}-{number}-{row}",
                case="A1234BC",
                kind="contact",
                effective="2026-03-02",
                day="2026-03-02",
                recorded="2026-03-02T09:00:00.000000Z",
                by="lyn",
                terminal=terminal,
                source="hand",
                command=f"{terminal}-{number}",
                payload='{"text": "seen"}',
            ).execute()
        return audit.append(
            record,
            Line("lyn", terminal, "log", day="2026-03-02", case="A1234BC", command=f"{terminal}-{number}"),
        )


def tamper(record: Store, *deeds: str) -> None:
    """Change the database as somebody with the key and a tool could: the safeguards gone, then put back."""
    with record.outside() as database:
        for name in triggers.TRIGGERS:
            engine.run(database, f"DROP TRIGGER {name}")
        for deed in deeds:
            engine.run(database, deed)
        triggers.install(database)


def sentences(record: Store, head: str | None = None) -> str:
    return " ".join(fault.sentence for fault in audit.verify(record, head).faults)


def test_a_line_says_who_did_what_when_and_where(record: Store) -> None:
    command(record, 1)
    with record.read():
        line = Audit.select().get()
    assert (line.who, line.terminal, line.verb, line.case, line.day) == ("lyn", "desk", "log", "A1234BC", "2026-03-02")
    assert line.at.endswith("Z")
    assert line.rows == 2


def test_a_restricted_line_is_marked_and_keeps_its_case(record: Store) -> None:
    with record.write():
        audit.append(record, Line("lyn", "desk", "read", case="A1234BC", restricted=True))
    with record.read():
        line = Audit.select().get()
    assert (line.restricted, line.case) == (True, "A1234BC")


def test_lines_of_one_terminal_are_numbered_without_gaps(record: Store) -> None:
    for number in range(3):
        command(record, number, "desk")
        command(record, number, "office")
    with record.read():
        assert [line.seq for line in Audit.select().where(Audit.terminal == "office").order_by(Audit.id)] == [1, 2, 3]


def test_a_line_outside_a_transaction_is_refused(record: Store) -> None:
    with pytest.raises(OurFault):
        audit.append(record, Line("lyn", "desk", "log"))


def test_a_command_that_failed_left_no_line(record: Store) -> None:
    def fails() -> None:
        with record.write():
            audit.append(record, Line("lyn", "desk", "log"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert audit.head(record) is None


def test_a_digest_does_not_depend_on_the_order_of_the_rows() -> None:
    rows = [(f"id{number}", *["x"] * 14) for number in range(3)]
    assert audit.digest_rows(rows) == audit.digest_rows(reversed(rows))
    assert audit.digest_rows(rows)[1] == 3


def test_a_digest_given_with_the_line_is_that_of_the_stored_rows(record: Store) -> None:
    row = (
        "e1",
        None,
        "staff",
        "",
        "2026-03-02",
        "2026-03-02",
        "z",
        "lyn",
        "desk",
        "hand",
        None,
        False,
        "c1",
        "{}",
        True,
    )
    digest, rows = audit.digest_rows([row])
    with record.write() as database:
        marks = ", ".join("?" * len(row))
        engine.run(database, f"INSERT INTO entry VALUES ({marks})", row)
        audit.append(record, Line("lyn", "desk", "set", command="c1", digest=digest, rows=rows))
    assert audit.verify(record).sound


def test_an_untouched_trail_is_sound(record: Store) -> None:
    for number in range(4):
        command(record, number, "desk")
        command(record, number, "office")
    verdict = audit.verify(record)
    assert (verdict.sound, verdict.lines, verdict.rows) == (True, 8, 16)


def test_an_empty_trail_is_sound_and_has_no_head(record: Store) -> None:
    assert audit.verify(record).sound
    assert audit.head(record) is None


# Heads


def test_the_head_is_the_newest_line_of_any_terminal(record: Store) -> None:
    command(record, 1, "desk")
    newest = command(record, 1, "office")
    head = audit.head(record)
    assert head is not None
    assert (head.hash, head.lines) == (newest, 2)


def test_a_head_as_printed_is_found_again_after_more_was_written(record: Store) -> None:
    command(record, 1)
    head = audit.head(record)
    assert head is not None
    command(record, 2)
    assert audit.verify(record, head.printed).sound
    assert audit.verify(record, head.hash.upper()).sound
    assert audit.verify(record, f" {head.hash[:16]}\n").sound


@pytest.mark.parametrize("head", ["", "0123456789abcde", "not a hash, whatever it is"])
def test_what_is_no_head_is_refused(record: Store, head: str) -> None:
    with pytest.raises(Invalid):
        audit.verify(record, head)


def test_an_end_cut_off_is_found_with_the_head_and_only_with_it(record: Store) -> None:
    for number in range(3):
        command(record, number)
    head = audit.head(record)
    assert head is not None
    tamper(record, "DELETE FROM audit WHERE seq = 3", "DELETE FROM entry WHERE command = 'desk-2'")
    assert audit.verify(record).sound
    assert "cut off" in sentences(record, head.printed)


def test_a_trail_written_anew_from_the_start_is_found_with_the_head(record: Store) -> None:
    command(record, 1)
    head = audit.head(record)
    assert head is not None
    tamper(record, "DELETE FROM audit", "UPDATE entry SET payload = 'forged'")
    with record.write():
        audit.append(record, Line("lyn", "desk", "log", command="desk-1"))
    assert audit.verify(record).sound
    assert "cut off" in sentences(record, head.printed)


def test_the_head_of_one_terminal_also_stands_for_what_others_wrote_before_it(record: Store) -> None:
    command(record, 1, "office")
    command(record, 2, "office")
    command(record, 1, "desk")
    tamper(
        record,
        "DELETE FROM audit WHERE terminal = 'office' AND seq = 2",
        "DELETE FROM entry WHERE command = 'office-2'",
    )
    assert "another terminal" in sentences(record)


# Tampering


@pytest.mark.parametrize(
    "column", ["at", "day", "who", "verb", "case", "command", "digest", "detail", "seen", "prev", "hash"]
)
def test_an_edited_line_is_found(record: Store, column: str) -> None:
    for number in range(3):
        command(record, number)
    tamper(record, f"UPDATE audit SET \"{column}\" = 'forged' WHERE seq = 2")
    assert not audit.verify(record).sound


@pytest.mark.parametrize("column", ["rows", "restricted"])
def test_an_edited_figure_is_found(record: Store, column: str) -> None:
    command(record, 1)
    tamper(record, f'UPDATE audit SET "{column}" = NOT "{column}"')
    assert "changed after it was written" in sentences(record)


def test_a_removed_line_is_found(record: Store) -> None:
    for number in range(3):
        command(record, number)
    tamper(record, "DELETE FROM audit WHERE seq = 2")
    assert "line 2 is missing" in sentences(record)


def test_a_removed_first_line_is_found(record: Store) -> None:
    for number in range(3):
        command(record, number)
    tamper(record, "DELETE FROM audit WHERE seq = 1")
    assert "line 1 is missing" in sentences(record)


def test_lines_put_in_another_order_are_found(record: Store) -> None:
    for number in range(3):
        command(record, number)
    tamper(
        record,
        "UPDATE audit SET seq = 9 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 9",
    )
    assert "does not follow" in sentences(record)


def test_a_line_moved_to_another_terminal_is_found(record: Store) -> None:
    command(record, 1, "desk")
    command(record, 1, "office")
    tamper(record, "UPDATE audit SET terminal = 'desk', seq = 2 WHERE terminal = 'office'")
    assert not audit.verify(record).sound


@pytest.mark.parametrize("column", audit.ENTRY_COLUMNS)
def test_an_edited_row_is_found(record: Store, column: str) -> None:
    command(record, 1)
    value = f'NOT "{column}"' if column in ("withdrawn", "restricted") else "'forged'"
    tamper(record, f"UPDATE entry SET \"{column}\" = {value} WHERE id = 'desk-1-0'")
    assert not audit.verify(record).sound


def test_a_removed_row_is_found(record: Store) -> None:
    command(record, 1)
    tamper(record, "DELETE FROM entry WHERE id = 'desk-1-0'")
    assert "not as they were written" in sentences(record)


def test_a_command_whose_rows_are_all_gone_is_found(record: Store) -> None:
    command(record, 1)
    tamper(record, "DELETE FROM entry")
    assert "are gone" in sentences(record)


def test_a_row_nobody_answers_for_is_found(record: Store) -> None:
    command(record, 1)
    tamper(
        record,
        'INSERT INTO entry SELECT \'e\', "case", kind, key, effective, day, recorded, "by", terminal, source, '
        "replaces, withdrawn, 'smuggled', payload, restricted FROM entry LIMIT 1",
    )
    assert "in no line" in sentences(record)


# What the database itself refuses


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE audit SET who = 'sam'",
        "DELETE FROM audit",
        "REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
    ],
)
def test_a_line_is_never_changed_or_removed(record: Store, deed: str) -> None:
    command(record, 1)
    with pytest.raises(OurFault), record.write() as database:
        engine.run(database, deed)
    assert audit.verify(record).sound


@pytest.mark.parametrize(("seq", "prev"), [(3, "right"), (1, "right"), (2, "wrong"), (2, ""), (0, "right")], ids=str)
def test_a_line_out_of_its_chain_is_never_added(record: Store, seq: int, prev: str) -> None:
    known = command(record, 1)
    line = (
        "desk",
        seq,
        known if prev == "right" else prev,
        "",
        "z",
        "",
        "lyn",
        "log",
        None,
        None,
        "",
        0,
        False,
        "",
        "h",
    )
    columns = 'terminal, seq, prev, seen, at, day, who, verb, "case", command, digest, rows, restricted, detail, hash'
    with pytest.raises(OurFault), record.write() as database:
        engine.run(database, f"INSERT INTO audit ({columns}) VALUES ({', '.join('?' * 15)})", line)
    with record.read():
        assert Audit.select().count() == 1


def test_another_terminals_chain_can_be_taken_in_line_by_line(record: Store, tmp_path: Path) -> None:
    with store.create(tmp_path / "other", KEY, establishment="Moorland") as other:
        for number in range(3):
            command(other, number, "office", rows=0)
        with other.read() as database:
            lines = engine.run(database, "SELECT * FROM audit ORDER BY seq").fetchall()
    command(record, 1, "desk")
    with record.write() as database:
        for line in lines:
            engine.run(database, f"INSERT INTO audit VALUES (NULL, {', '.join('?' * 15)})", line[1:])
    newest = command(record, 2, "desk")
    with record.read():
        assert Audit.get(Audit.hash == newest).seen == lines[-1][-1]
    assert audit.verify(record).sound
