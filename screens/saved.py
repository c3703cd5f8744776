"""Saved views: choose one by its key, save the present filter under a name, drop one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from db import commands
from db.rows import Changed, SavedView
from db.views.saved import saved_views
from screens.actions import ACTIONS
from screens.asking import PassingForm, Told
from screens.base import Sitting, rooms
from screens.duty_field import title_of
from screens.filter_words import Narrows, decode, home, narrowed, whose
from screens.foot import FootEntry
from screens.messages import RecordChanged
from screens.routes import Route
from widgets.fields import TextField
from widgets.lines import Line, Piece, pad
from widgets.listing import Listing
from widgets.palette import Ink

_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
_NAME = 30


def words_of(view: SavedView) -> str:
    """A view's filter in words: `B wing, tier 4`."""
    title = title_of(view.wanted.duty) if view.wanted.duty else ""
    whom = view.wanted.supervisor if view.wanted.who == "supervisor" else whose(view.wanted)
    return ", ".join(words for words in (whom, narrowed(view.wanted, title)) if words)


class ViewList(Listing[SavedView]):
    """The views, each behind its key."""

    DEFAULT_CSS = "ViewList { height: auto; max-height: 16; min-height: 1; width: 1fr; overflow: hidden hidden; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open"),
        Binding("delete,backspace", "drop", "Drop the view under the cursor", show=False, id="views.drop"),
    ]

    @dataclass
    class Chosen(Message):
        """A view was chosen."""

        view: SavedView

    @dataclass
    class Dropped(Message):
        """A view is to be dropped."""

        view: SavedView

    def __init__(self, views: tuple[SavedView, ...]) -> None:
        """Show these."""
        super().__init__(empty="You have saved no view yet. Give the present filter a name below, and Ctrl+S keeps it.")
        self._items = views
        self.styles.height = max(3, len(views))

    def key_of(self, item: SavedView) -> str:
        """The name."""
        return item.name

    def head(self, item: SavedView, width: int, cursor: bool) -> Line:
        """Key, name, what it shows."""
        at = self._items.index(item)
        key = _KEYS[at] if at < len(_KEYS) else " "
        return [
            Piece(f"  {key}  ", Ink.ACCENT),
            Piece(pad(item.name, _NAME) + "  ", Ink.TEXT, cursor),
            Piece(words_of(item), Ink.DIM),
        ]

    def chosen(self, item: SavedView) -> None:
        """Say which."""
        self.post_message(self.Chosen(item))

    def action_drop(self) -> None:
        """Say which is to go."""
        if self.item is not None:
            self.post_message(self.Dropped(self.item))

    def on_key(self, event: events.Key) -> None:
        """The key before a view chooses it."""
        at = _KEYS.find(event.character) if event.character else -1
        if 0 <= at < len(self._items):
            event.stop()
            event.prevent_default()
            self.chosen(self._items[at])


class SavedViewsForm(PassingForm):
    """Over the caseload or the diary; the filter there now is in the route's `detail`."""

    TITLE_WORDS: ClassVar[str] = "Saved views"
    FOOTER: ClassVar[tuple[FootEntry, ...]] = (
        ("save", "save this filter"),
        ("Delete", "drop"),
        ("Tab", "list, name"),
        "leave",
        "keys",
    )

    def __init__(self, sitting: Sitting, route: Route) -> None:
        """What this user has saved."""
        super().__init__(sitting, route)
        self._now = decode(route.detail, home(sitting.actor))
        self._views = saved_views(sitting.actor)
        self._list = ViewList(self._views)

    def subject(self) -> str:
        """Whose."""
        return "yours alone"

    def fields(self) -> Iterable[Widget]:
        """The views, and a name for the present filter."""
        yield self._list
        yield Told("Shown now", words_of(SavedView("", self._now)))
        yield TextField("Name", id="name", required=True, help="what to save it as", max_length=40)

    def on_mount(self) -> None:
        """Begin with the views, where there are any."""
        super().on_mount()
        if self._views:
            self._list.focus()
        else:
            self.form.field("name").grab()

    def on_view_list_chosen(self, message: ViewList.Chosen) -> None:
        """Show what it shows."""
        message.stop()
        self.dismiss(None)
        for room in reversed(rooms(self.app.screen_stack)):
            if isinstance(room, Narrows):
                room.narrow(message.view.wanted)
                return

    def on_view_list_dropped(self, message: ViewList.Dropped) -> None:
        """Drop it; undo brings it back."""
        message.stop()
        name = message.view.name
        self.in_background(lambda: commands.drop_view(self.actor, name, self.today), self._dropped)

    def _dropped(self, changed: Changed) -> None:
        self.post_message(RecordChanged(changed))
        self.dismiss(None)

    def submit(self) -> Changed:
        """Save the present filter."""
        return commands.save_view(self.actor, self.typed["name"], self._now, self.today)
