"""A field for the path of a file: Tab completes it from what the directory holds; ~ is the user's own directory."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.binding import Binding
from textual.message import Message

from widgets.fields import TextField
from widgets.form import INDENT
from widgets.lines import Line, Piece, cut, wrap
from widgets.palette import Ink

_MOST_NAMED = 12
_last = ""


def last_directory() -> str:
    """Where the last file was, in this session; at first the user's own directory. Ends with a separator."""
    return _last or f"~{os.sep}"


def remember(path: Path) -> None:
    """Begin there next time."""
    global _last
    _last = f"{path.parent}{os.sep}"


def plain(text: str) -> str:
    """The path that is meant: without quotes around it, and from where it begins anew (`~//media/x` is `/media/x`).

    A path that is pasted behind the directory the field began with need not be preceded by wiping that out.
    """
    text = text.strip().strip("\"'")
    for anew in (f"{os.sep}{os.sep}", f"{os.sep}~"):
        before, found, after = text.rpartition(anew)
        if found and before:
            text = anew[1:] + after
    return text


def expanded(text: str) -> Path:
    """The path that was typed, ~ understood."""
    return Path(os.path.expanduser(plain(text)))


def completions(text: str) -> tuple[str, ...]:
    """What the directory holds that the typed path could be the beginning of; directories end with a separator.

    Hidden files are left out until a dot is typed; capitals do not matter. A directory that cannot be read holds
    nothing.
    """
    head, name = os.path.split(text)
    try:
        with os.scandir(os.path.expanduser(head) or ".") as entries:
            found = [entry.name + (os.sep if entry.is_dir() else "") for entry in entries]
    except OSError:
        return ()
    begin = name.casefold()
    return tuple(
        sorted(entry for entry in found if entry.casefold().startswith(begin) and (begin or not entry.startswith(".")))
    )


def completed(text: str, found: Sequence[str]) -> str:
    """The typed path, as far as all of `found` agree on how it goes on."""
    head, name = os.path.split(text)
    common = found[0]
    for entry in found[1:]:
        while not entry.casefold().startswith(common.casefold()):
            common = common[:-1]
    return os.path.join(head, common) if len(common) >= len(name) else text


class PathField(TextField):
    """Type a path. Tab completes it; where there is nothing to complete Tab goes on to the next field."""

    BINDINGS = [Binding("tab", "complete", "Complete the path", show=False, id="path.complete")]

    @dataclass
    class Listed(Message):
        """The directory has been read: what the path could go on with."""

        text: str
        found: tuple[str, ...]

    _offered: tuple[str, ...] = ()
    _offered_for = ""

    @property
    def path(self) -> Path:
        """The path, ~ understood."""
        return expanded(self.value)

    def action_complete(self) -> None:
        """Complete what was typed; the directory may be far away, so it is read in a thread."""
        text = self.typed
        if not text.strip():
            self.screen.focus_next()
            return
        wanted = plain(text)
        self.run_worker(lambda: self.post_message(self.Listed(text, completions(wanted))), thread=True, exclusive=True)

    def on_path_field_listed(self, message: Listed) -> None:
        """Put in what is certain, name what is not."""
        message.stop()
        if message.text != self.typed:
            return
        now = completed(plain(message.text), message.found) if message.found else ""
        if not now or (len(message.found) == 1 and now == message.text):
            self.screen.focus_next()
            return
        self.value = now
        self._input.cursor_position = len(self._input.value)
        self._offered_for = now
        self._offer(message.found if len(message.found) > 1 else ())

    def changed(self) -> None:
        """What was offered no longer fits what is typed."""
        if self.typed != self._offered_for:
            self._offer(())
        super().changed()

    def notes(self, width: int) -> list[Line]:
        """What the path could go on with, then what is wrong with it."""
        names = "   ".join(cut(name, 40) for name in self._offered[:_MOST_NAMED])
        more = len(self._offered) - _MOST_NAMED
        said = [Piece(names + (f"   and {more} more" if more > 0 else ""), Ink.DIM)]
        offered = [[Piece(" " * INDENT), *line] for line in wrap(said, width - INDENT)[:4]] if names else []
        return [*offered, *super().notes(width)]

    def _offer(self, names: tuple[str, ...]) -> None:
        if names != self._offered:
            self._offered = names
            self.watch_error()
            self.refresh(layout=True)
