"""The program as `wingdesk` starts it, on a record whose key is unwrapped already.

Arguments: directory, today, user, name, role. The key comes in the environment, so that it is in no list of
processes.
"""

import os
import sys
from datetime import date
from pathlib import Path

from app import brisk
from app.cli.root import OUR_FAULT  # what the console script brings in before it opens a screen is measured too

brisk.starting()  # as `run` begins, before it brings in the screens

from app.shell import open_shell  # noqa: E402
from db.rows import Actor, Role  # noqa: E402

if __name__ == "__main__":
    directory, today, user, name, role = sys.argv[1:]
    actor = Actor(user, name, Role(role), "bench")
    key = bytes.fromhex(os.environ["BENCH_KEY"])
    status = open_shell(Path(directory), user, date.fromisoformat(today), True, actor, key)
    assert status != OUR_FAULT
    sys.exit(status)
