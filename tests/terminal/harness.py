"""A program in a real pseudo-terminal: keys go in, what a person would see and every byte sent come out."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up on something that never comes; what does come is not waited for."""

KEYS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "f12": "\x1b[24~", "up": "\x1b[A", "down": "\x1b[B"}
KEYS |= {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}

_COLOUR = re.compile(rb"\x1b\[([0-9;:]*)m")


class Terminal:
    """A pseudo-terminal of 80 by 24 with a program in it, which is its session's leader."""

    def __init__(self, process: int, master: int) -> None:
        self.process = process
        self.master = master
        self.sent = b""
        self.status: int | None = None
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._gone = False

    def read(self, seconds: float) -> bool:
        """Take what the program has sent, waiting at most so long; False if there was nothing."""
        if self._gone or not select.select([self.master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            data = b""
        if not data:
            self._gone = True
            return False
        self.sent += data
        # pyte does not know the keyboard protocol's private sequences and would draw their ends.
        self._stream.feed(re.sub(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]", b"", data))
        return True

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Read until something is true; fails where it never is."""
        end = time.monotonic() + PATIENCE
        while not true():
            self.read(0.2)
            if time.monotonic() > end or (self._gone and not true()):
                raise AssertionError(f"{what} never came; the screen is\n{self.text}")

    def see(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        self.until(lambda: words in self.text, f"“{words}”")

    def see_no_more(self, words: str) -> None:
        """Wait until these words are gone from the screen."""
        self.until(lambda: words not in self.text, f"the end of “{words}”")

    def press(self, *keys: str) -> None:
        """Press keys: names as in KEYS, or text."""
        for key in keys:
            os.write(self.master, KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._screen.resize(rows, columns)
        _set_size(self.master, columns, rows)
        os.kill(self.process, signal.SIGWINCH)

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.process, number)

    def hang_up(self) -> None:
        """Close the terminal, as a lost connection does: the kernel sends SIGHUP."""
        os.close(self.master)
        self._gone = True

    def end(self) -> int:
        """Wait for the program to end; its exit status, negative for a signal."""
        end = time.monotonic() + PATIENCE
        while not self._ended():
            if time.monotonic() > end:
                raise AssertionError(f"the program never ended; the screen is\n{self.text}")
            if self._gone:
                select.select([], [], [], 0.02)
            else:
                self.read(0.05)
        while not self._gone and self.read(0):
            pass
        assert self.status is not None
        return self.status

    def _ended(self) -> bool:
        if self.status is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    @property
    def text(self) -> str:
        """What a person would see."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def styles(self) -> set[str]:
        """Every parameter of every colour or style sequence sent."""
        return {part for found in _COLOUR.findall(self.sent) for part in found.decode().replace(":", ";").split(";")}


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


@contextmanager
def terminal(*arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Terminal]:
    """Run this Python with `arguments` in a pseudo-terminal: true colour and UTF-8 unless `environment` says else."""
    scrubbed = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "COV_"))}
    told = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    whole = {name: value for name, value in {**scrubbed, **told, **(environment or {})}.items() if value}
    process, master = pty.fork()
    if process == 0:
        try:
            os.chdir(ROOT)
            _set_size(0, 80, 24)
            os.execve(sys.executable, [sys.executable, *arguments], whole)
        finally:
            os._exit(127)
    window = Terminal(process, master)
    try:
        yield window
    finally:
        if window.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(process, 0)
        with contextlib.suppress(OSError):
            os.close(master)
