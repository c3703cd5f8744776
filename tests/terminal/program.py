"""The shell on a real record, with stand-in rooms: what the tests here run in a pseudo-terminal."""

import sys
from datetime import date
from pathlib import Path

from app import rooms
from app.shell import open_shell
from tests.app.fakes import SCREENS

if __name__ == "__main__":
    rooms.SCREENS = SCREENS
    sys.exit(open_shell(Path(sys.argv[1]), "", date(2026, 3, 2), demonstration=False))
