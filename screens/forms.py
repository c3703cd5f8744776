"""Forms: a screen of its own for everything that is recorded, where nothing typed is lost.

What was typed is kept as a draft two seconds after the last key, and when the screen locks or the terminal goes
away; the same form for the same case offers it back. Saving runs off the interface thread; if the record refuses, the
form says why and stays as it is.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget

from db.errors import Invalid, RecordError, Stale
from db.rows import Changed
from screens.actions import bindings
from screens.base import Desk, Sitting
from screens.confirm import Answer, Question
from screens.drafts import Draft
from screens.foot import FootEntry
from screens.messages import HelpRequested, RecordChanged
from screens.routes import Route
from screens.words import Pieces, Words
from widgets.form import STYLES, Field, Form
from widgets.frame import Notice, Rule
from widgets.lines import Line, Piece
from widgets.palette import Ink
from widgets.words import short_date

DRAFT_SECONDS = 2.0


class FormScreen(Desk[Changed | None], ModalScreen[Changed | None]):
    """A form. Subclasses say what it asks (`fields`) and how it is written down (`submit`)."""

    TITLE_WORDS: ClassVar[str] = ""
    """What the form does: "Log a contact"."""

    FOOTER: ClassVar[tuple[FootEntry, ...]] = ("save", "leave", ("Tab", "next field"), "keys")
    CSS_PATH = STYLES
    AUTO_FOCUS = ""
    BINDINGS = bindings("save", "leave", "keys")
    DEFAULT_CSS = """
    FormScreen { background: $background; }
    FormScreen #problem { display: none; max-height: 6; }
    """

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """A form about what `route` names."""
        super().__init__(sitting, route)
        self.typed: Mapping[str, str] = {}
        self._form = Form()
        self._timer: Timer | None = None
        self._paper = threading.Lock()
        self._saving = False
        self._written: Changed | None = None

    def fields(self) -> Iterable[Widget]:
        """The fields, each with an id, and whatever is said between them. Subclasses override this."""
        return ()

    def subject(self) -> str:
        """What stands beside the title: whom or what the form is about. Subclasses override this."""
        return self.origin.case

    def title_line(self) -> Line:
        """What the form does, and about whom."""
        return [Piece(self.TITLE_WORDS, Ink.STRONG), Piece("   "), Piece(self.subject(), Ink.DIM)]

    def check(self, typed: Mapping[str, str]) -> Mapping[str, str]:
        """What is wrong that no field can tell by itself: field id → sentence. Subclasses may override this."""
        return {}

    def submit(self) -> Changed:
        """Write it down. Runs in a thread: reads `self.typed`, calls a command, touches no widget.

        Raises:
            RecordError: The form shows its sentence and stays.
        """
        raise NotImplementedError

    @property
    def form(self) -> Form:
        """The fields as one widget."""
        return self._form

    def compose(self) -> ComposeResult:
        """Title, fields, what is wrong, what was kept, the keys."""
        yield Pieces([self.title_line()], id="title")
        yield Rule("DEMONSTRATION" if self.demonstration else "")
        with self._form:
            yield from self.fields()
        yield Words(ink=Ink.OVERDUE, id="problem")
        yield Rule()
        yield Notice(id="notice")
        yield self.foot()

    def on_mount(self) -> None:
        """Begin with the first field, and look for a draft."""
        self._form.focus_first()
        box, route = self.sitting.drafts, self.origin
        self.in_background(lambda: box.kept(route), self._offer)

    def on_field_changed(self, event: Field.Changed) -> None:
        """Remember that something was typed, and keep it once the typing stops."""
        event.stop()
        self.notice = ""
        if self._timer is not None:
            self._timer.stop()
        if not self.touched:
            return
        self._timer = self.set_timer(DRAFT_SECONDS, self._keep_now)

    @property
    def touched(self) -> bool:
        """Whether anything differs from what the form began with."""
        return self._form.touched

    @property
    def notice(self) -> str:
        """The quiet line above the keys."""
        return self.query_one("#notice", Notice).text

    @notice.setter
    def notice(self, words: str) -> None:
        self.query_one("#notice", Notice).text = words

    @property
    def problem(self) -> str:
        """What went wrong with the last try to save; "" if nothing did."""
        return self.query_one("#problem", Words).text

    @problem.setter
    def problem(self, sentence: str) -> None:
        shown = self.query_one("#problem", Words)
        shown.text = sentence
        shown.display = bool(sentence)

    def action_save(self) -> None:
        """Check every field, then write it down."""
        if self._saving or self._written or not self.checked():
            return
        self._saving = True
        self.problem = ""
        self.in_background(self._write, self._finish, doing="Saving", failed=self._refused)

    def checked(self) -> bool:
        """Whether every field is right, which is said under those that are not; what was typed is in `typed` then."""
        if not self._form.check():
            return False
        typed = self._form.texts()
        found = self.check(typed)
        for name, sentence in found.items():
            self._form.field(name).error = sentence
        if found:
            self._form.point_to(self._form.field(next(iter(found))))
            return False
        self.typed = typed
        return True

    def action_leave(self) -> None:
        """Leave; if something was typed, ask first."""
        if self._saving:
            return
        if not self.touched:
            self.dismiss(None)
            return
        answers = (
            Answer("y", "leave, keep it as a draft", "keep"),
            Answer("d", "leave and drop it", "drop"),
            Answer("n", "stay", "stay"),
        )
        self.app.push_screen(Question("Leave this form without saving?", answers), self._leave)

    def action_keys(self) -> None:
        """Show the keys of this form."""
        self.post_message(HelpRequested())

    def parting(self) -> Callable[[], None]:
        """What keeps this form's draft, to be called in a thread once the form is covered and about to go.

        Waits for a save that is under way: what was saved is not kept as a draft as well.
        """
        typed = self._form.texts() if self.touched else None

        def keep() -> None:
            if typed is not None:
                self._keep(typed)

        return keep

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Close, if the form was saved while something lay over it."""
        if self._written is not None:
            self.dismiss(self._written)

    def _keep(self, typed: Mapping[str, str]) -> None:
        with self._paper:
            if self._written is None:
                self.sitting.drafts.keep(self.origin, typed)

    def _keep_now(self) -> None:
        if not self._saving:
            typed = self._form.texts()
            self.in_background(lambda: self._keep(typed), self._kept)

    def _kept(self, _: None) -> None:
        self.notice = "Kept as a draft"

    def _write(self) -> Changed:
        with self._paper:
            changed = self.submit()
            self._written = changed
        # What was recorded stands; a draft left behind is only offered once too often.
        with suppress(RecordError):
            self.sitting.drafts.drop(self.origin)
        return changed

    def _finish(self, changed: Changed) -> None:
        self._saving = False
        if self._timer is not None:
            self._timer.stop()
        self.post_message(RecordChanged(changed))
        # Something may lie over the form by now; popping would take that away instead.
        if self.app.screen is self:
            self.dismiss(changed)

    def _refused(self, error: RecordError) -> None:
        self._saving = False
        field = error.field if isinstance(error, Invalid) else None
        if field and field in self._form.texts():
            self._form.field(field).error = error.sentence
            self._form.point_to(self._form.field(field))
            return
        self.problem = told(error)

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or self.touched or self.app.screen is not self:
            return
        answers = (
            Answer("enter", "go on with it", "restore"),
            Answer("d", "drop it", "drop"),
            Answer("escape", "leave the form, keep it", "leave"),
        )
        day = "" if draft.saved.date() == self.today else f"{short_date(draft.saved.date(), self.today)}, "
        question = Question(f"A draft from {day}{draft.saved:%H:%M} was kept.", answers)
        self.app.push_screen(question, lambda answer: self._answer_offer(answer, draft))

    def _answer_offer(self, answer: str | None, draft: Draft) -> None:
        if answer == "restore":
            self._form.restore(draft.typed)
        elif answer == "drop":
            box, route = self.sitting.drafts, self.origin
            self.in_background(lambda: box.drop(route), lambda _: None)
        else:
            self._go(None)

    def _go(self, _: None) -> None:
        # Not awaited: a screen cannot wait for its own end.
        self.dismiss(None)

    def _leave(self, answer: str | None) -> None:
        if answer not in ("keep", "drop"):
            return
        typed = self._form.texts()
        box, route = self.sitting.drafts, self.origin
        if self._timer is not None:
            self._timer.stop()

        work = (lambda: box.drop(route)) if answer == "drop" else (lambda: self._keep(typed))
        self.in_background(work, self._go, failed=self._refused)


def told(error: RecordError) -> str:
    """What a form says of an error: its sentence, that nothing was written, and both versions where there are two."""
    if not isinstance(error, Stale):
        return f"{error.sentence} Nothing was lost: what you typed is still here."
    lines = [error.sentence]
    if error.theirs is not None:
        lines.append(f"Theirs: {error.theirs}")
    if error.mine is not None:
        lines.append(f"Yours: {error.mine}")
    return "\n".join(lines)
