"""Killed at any moment (kill -9): everything confirmed is there, nothing is half done, the next start is clean."""

import os
import random
import select
import signal
import struct
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from db import audit, backup, engine, store
from db.audit import Line
from db.errors import WrongPassword
from db.keyring import Keyring
from db.slots import Cost
from db.store import Store

KEY = bytes(range(32))
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORDS = ("three words do well", "four words do better")
NUMBER = struct.Struct("<I")
ROWS = 3

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, to be killed hundreds of times quickly")


def killed(work: Callable[[Callable[[int], None]], None], after: float) -> list[int]:
    """Run `work` in a process of its own and kill it so many seconds after its first word; what it confirmed."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The test runner's own threads; the child touches nothing of theirs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            os.close(reading)

            def confirm(number: int) -> None:
                os.write(writing, NUMBER.pack(number))

            work(confirm)
        finally:
            os._exit(1)
    os.close(writing)
    select.select([reading], [], [], 30)
    # A deadline for the kill, not a wait for something to be true.
    select.select([], [], [], after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    told = b""
    while block := os.read(reading, 65536):
        told += block
    os.close(reading)
    assert os.WIFSIGNALED(status), "the worker ended by itself before it was killed"
    return [NUMBER.unpack_from(told, at)[0] for at in range(0, len(told), NUMBER.size)]


def write(record: Store, number: int) -> None:
    """One command of several rows and its line in the audit trail."""
    with record.write() as database:
        for row in range(ROWS):
            engine.run(
                database,
                "INSERT INTO entry VALUES (?, 'A1234BC', 'contact', '', '2026-03-02', '2026-03-02', 'z', 'lyn', "
                "'desk', 'hand', NULL, 0, ?, ?, 0)",
                (f"{number}-{row}", str(number), "text " * 50),
            )
        audit.append(record, Line("lyn", "desk", "log", command=str(number)))


def written(record: Store) -> list[int]:
    with record.read() as database:
        rows = engine.run(
            database, "SELECT CAST(command AS INTEGER), count(*) FROM entry GROUP BY command ORDER BY 1"
        ).fetchall()
    assert {count for _, count in rows} <= {ROWS}
    return [number for number, _ in rows]


@pytest.mark.parametrize("batch", range(4))
def test_a_writer_killed_sixty_times_loses_nothing_it_confirmed(tmp_path: Path, batch: int) -> None:
    chance = random.Random(batch)
    store.create(tmp_path, KEY, establishment="Moorland").close()
    done = 0
    for _ in range(60):

        def work(confirm: Callable[[int], None], first: int = done) -> None:
            record = store.open_record(tmp_path, KEY)
            number = first
            while True:
                number += 1
                write(record, number)
                confirm(number)

        confirmed = killed(work, chance.uniform(0, 0.012))
        with store.open_record(tmp_path, KEY) as record:
            assert record.notices == ()
            there = written(record)
        # One more than was confirmed may be there: killed between the commit and saying so.
        assert there == list(range(1, len(there) + 1))
        assert len(there) - max(confirmed, default=done) in (0, 1)
        done = len(there)
    with store.open_record(tmp_path, KEY) as record:
        verdict = audit.verify(record)
        assert (verdict.sound, verdict.lines) == (True, done)
        assert record.faults() == ()
    assert done > 60


def test_a_record_being_made_is_whole_or_not_there(tmp_path: Path) -> None:
    chance = random.Random(5)
    for attempt in range(30):
        place = tmp_path / str(attempt)

        def work(confirm: Callable[[int], None], place: Path = place) -> None:
            confirm(0)
            store.create(place, KEY, establishment="Moorland").close()
            while True:
                time.monotonic()

        killed(work, chance.uniform(0, 0.04))
        if store.exists(place):
            store.open_record(place, KEY).close()
        else:
            store.create(place, KEY, establishment="Moorland").close()


def test_backups_that_were_killed_leave_only_good_ones(tmp_path: Path) -> None:
    chance = random.Random(6)
    with store.create(tmp_path, KEY, establishment="Moorland") as record:
        for number in range(1, 20):
            write(record, number)
    for _ in range(30):

        def work(confirm: Callable[[int], None]) -> None:
            record = store.open_record(tmp_path, KEY)
            confirm(0)
            while True:
                backup.make(record)

        killed(work, chance.uniform(0, 0.08))
    found = backup.backups(tmp_path / "backups")
    assert len(found) == len(list((tmp_path / "backups").glob(f"*{backup.ENDING}"))) > 0
    for each in found:
        backup.check(each.path, KEY)
    store.open_record(tmp_path, KEY).close()


def test_a_restore_that_was_killed_leaves_the_old_record_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(7)
    key, _ = Keyring(tmp_path, cost=CHEAP).create("lyn", PASSWORDS[0])
    with store.create(tmp_path, key, establishment="Moorland") as record:
        write(record, 1)
        made = backup.make(record, tmp_path / "stick")
    for _ in range(30):
        with store.open_record(tmp_path, key) as record:
            if written(record) == [1]:
                write(record, 2)

        def work(confirm: Callable[[int], None]) -> None:
            confirm(0)
            backup.restore(made.path, tmp_path, lambda _: key)
            while True:
                time.monotonic()

        killed(work, chance.uniform(0, 0.05))
        with store.open_record(tmp_path, key) as record:
            assert written(record) in ([1], [1, 2])
            assert record.faults() == ()


def test_a_password_change_that_was_killed_leaves_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    chance = random.Random(8)
    ring = Keyring(tmp_path, cost=CHEAP)
    key, code = ring.create("lyn", PASSWORDS[0])
    for _ in range(40):

        def work(confirm: Callable[[int], None]) -> None:
            confirm(0)
            while True:
                for password in PASSWORDS:
                    ring.set_password(key, "lyn", password)

        killed(work, chance.uniform(0, 0.02))
        opened = [password for password in PASSWORDS if opens(ring, password)]
        assert len(opened) == 1
        assert ring.recover(code) == key


def opens(ring: Keyring, password: str) -> bool:
    try:
        ring.unlock("lyn", password)
    except WrongPassword:
        return False
    return True
