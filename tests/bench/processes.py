"""The command line, from the start of its process to its end."""

import json
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measuring import Row, in_turns, timed_row
from tests.bench.prisons import PASSWORD, TODAY, USER, Prison
from tests.bench.window import HERE, environment

WINGDESK = Path(sys.executable).with_name("wingdesk")


def triage(prison: Prison, home: Path, times: int) -> list[Row]:
    """`wingdesk triage --all --format json`, and a script that unlocks and dumps the same rows."""
    secret = home / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    told = {**environment(home), "WINGDESK_RECORD": str(prison.directory), "WINGDESK_USER": USER,
            "WINGDESK_TODAY": TODAY.isoformat(), "WINGDESK_PASSWORD_FILE": str(secret)}  # fmt: skip
    ours = [str(WINGDESK), "triage", "--all", "--format", "json"]
    theirs = [sys.executable, str(HERE / "dumped.py"), str(prison.directory), USER]
    answers = [json.loads(_out(command, told)) for command in (ours, theirs)]
    cases, duties = ([len(answer["cases"]) for answer in answers], [_duties(answer) for answer in answers])
    assert cases == [prison.cases] * 2, cases
    assert duties[0] == duties[1], duties
    pair = in_turns(times, lambda: _timed(ours, told), lambda: _timed(theirs, told))
    against = f"a script: Argon2id, AES-GCM, driver, the same {cases[0]:,} cases and {duties[0]:,} duties, json.dumps"
    return [timed_row("triage", f"wingdesk triage --all --format json, {prison.cases:,} cases", against, 1.5, pair)]


def _duties(answer: dict[str, list[dict[str, list[object]]]]) -> int:
    return sum(len(case["duties"]) for case in answer["cases"])


def _out(command: list[str], told: dict[str, str]) -> bytes:
    return subprocess.run(command, env=told, check=True, capture_output=True).stdout


def _timed(command: list[str], told: dict[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun
