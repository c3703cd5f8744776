"""What a screen asks of the shell, posted as messages that bubble up to it."""

from textual.message import Message

from db.rows import Changed
from screens.routes import Route


class Go(Message):
    """Open a room or a form over the present one."""

    def __init__(self, route: Route) -> None:
        """Ask for `route`."""
        super().__init__()
        self.route = route


class Visit(Message):
    """Go to one of the places by number, back to where the user was in it."""

    def __init__(self, place: str) -> None:
        """Ask for the place called `place`."""
        super().__init__()
        self.place = place


class Back(Message):
    """Leave this room for the one beneath it."""


class RecordChanged(Message):
    """Something was written: every view of that case reads it again."""

    def __init__(self, changed: Changed) -> None:
        """Tell what a command did."""
        super().__init__()
        self.changed = changed


class HelpRequested(Message):
    """Show the keys of this screen."""


class LockRequested(Message):
    """Lock now."""


class BlankRequested(Message):
    """Blank the screen now."""
