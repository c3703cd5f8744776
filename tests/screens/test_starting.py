"""What the first caseload brings in: not the rules, which stored duties do not need."""

import subprocess
import sys

from tests.screens.prison import CARTER, TODAY, Prison

# In a process of its own, as it starts for a user who has signed in.
_PROGRAM = """
import asyncio, sys
from datetime import date
from pathlib import Path
from app.session import RecordGate
from app.shell import Shell
from db.rows import Actor, Role

directory, key, user, today = sys.argv[1:]
actor = Actor(user, "Somebody", Role.SUPERVISOR, "desk")
shell = Shell(RecordGate(Path(directory)), date.fromisoformat(today), signed_in=actor, key=bytes.fromhex(key))

async def begin():
    async with shell.run_test(size=(80, 24)) as pilot:
        for _ in range(4):
            await shell.workers.wait_for_complete()
            await pilot.pause()
        print(shell.screen.query_one("CaseTable").row.surname)

asyncio.run(begin())
print(*sorted(name for name in sys.modules if name.startswith(("db.commands", "policy."))))
"""


def test_the_first_caseload_brings_in_neither_the_rules_nor_what_writes(prison: Prison) -> None:
    told = [str(prison.directory), prison.key.hex(), CARTER.staff, TODAY.isoformat()]
    done = subprocess.run([sys.executable, "-c", _PROGRAM, *told], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-1000:]
    first, brought = done.stdout.splitlines()
    assert first == "FENWICK"
    assert set(brought.split()) <= {
        "policy.calendar", "policy.digest", "policy.facts", "policy.phrases", "policy.planning", "policy.schema",
        "policy.urgency",
    }  # fmt: skip
