"""A program in a pseudo-terminal of 80 by 24, timed from outside: what it sends and when."""

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
PATIENCE = 60.0
DOWN, UP, END = b"\x1b[B", b"\x1b[A", b"\x1b[F"

_CONTROL = re.compile(rb"\x1b\[[0-9;:<>=?]*[ -/]*[@-~]|\x1b[@-Z\\-_]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


def environment(home: Path) -> dict[str, str]:
    """What every program measured is told: true colour, UTF-8, nobody's own settings."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    told = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TZ": "Europe/London"}
    return {**kept, **told, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(ROOT)}


class Window:
    """A program running in a terminal of its own."""

    def __init__(self, process: int, master: int, begun: float) -> None:
        self.process = process
        self.begun = begun
        self._master = master
        self._sent = b""

    def wait(self, *words: str) -> float:
        """Read until all these words were sent since the last key; gives the seconds since the program's start."""
        wanted = [word.encode() for word in words]
        end = time.perf_counter() + PATIENCE
        while True:
            plain = _CONTROL.sub(b"", self._sent)
            if all(word in plain for word in wanted):
                return time.perf_counter() - self.begun
            if time.perf_counter() > end or not self._read(end - time.perf_counter()):
                raise RuntimeError(f"{words} never came; the program sent {plain[-2000:]!r}")

    def said(self, word: str) -> bool:
        """Whether the program has sent this since the last key."""
        return word.encode() in _CONTROL.sub(b"", self._sent)

    def press(self, key: bytes) -> float:
        """Press a key; gives the seconds until the first byte comes back."""
        self.settle(0)
        self._sent = b""
        begun = time.perf_counter()
        os.write(self._master, key)
        if not select.select([self._master], [], [], PATIENCE)[0]:
            raise RuntimeError(f"{key!r} was never answered")
        answered = time.perf_counter() - begun
        self._read(0)
        return answered

    def settle(self, quiet: float) -> None:
        """Read until nothing has come for so many seconds."""
        while self._read(quiet):
            pass

    def memory(self) -> float:
        """What the program holds in memory now, in MB (VmRSS)."""
        status = Path(f"/proc/{self.process}/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False
        self._sent += data
        return bool(data)

    def end(self) -> None:
        """Stop the program at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._master)


@contextmanager
def window(script: str, *arguments: str, told: dict[str, str]) -> Iterator[Window]:
    """A script of this directory in a window, under the same Python; ended afterwards."""
    command = [sys.executable, str(HERE / script), *arguments]
    begun = time.perf_counter()
    process, master = pty.fork()
    if process == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execve(command[0], command, told)
        finally:
            os._exit(127)
    shown = Window(process, master, begun)
    try:
        yield shown
    finally:
        shown.end()
