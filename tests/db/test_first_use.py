"""What is read for the first time by several threads at once."""

import subprocess
import sys

import pytest

# Threads change places as often as they can, so that two are inside the same reading now and then.
_PROGRAM = """
import sys, threading
from db import payloads, planning
from policy import planning as words, register, sequence
sys.setswitchinterval(1e-7)
def read():
    register.register(), words.programmes(), sequence.sequence_rules()
    payloads.unpack('{"pathway": "a", "change": "b", "target": "c"}', planning.Objective)
threads = [threading.Thread(target=read) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


@pytest.mark.parametrize("time", range(6))
def test_rules_and_rows_are_read_for_the_first_time_by_several_threads_at_once(time: int) -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-1000:]
