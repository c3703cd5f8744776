"""Showing what is discreet: for one minute, at a key; always, where the settings say that this is an office."""

from textual.timer import Timer

from screens.actions import bindings
from screens.base import Room

REVEAL_SECONDS = 60.0


class RevealingRoom(Room):
    """A room with something discreet in it. Subclasses show or hide it (`show_discreet`)."""

    BINDINGS = bindings("reveal")

    _hiding: Timer | None = None
    """Runs while it is shown."""

    def show_discreet(self, reveal: bool) -> None:
        """Show what is discreet, or hide it again. Subclasses override this."""

    def action_reveal(self) -> None:
        """Show for a minute what is discreet; a second time hides it at once."""
        if self.office:
            self.say("What is discreet is always shown here: your settings say this is an office.")
        elif self._hiding is not None:
            self._hide()
        else:
            self._hiding = self.set_timer(REVEAL_SECONDS, self._hide)
            self.show_discreet(True)
            self.say("Revealed for one minute; v hides it again.")

    def _hide(self) -> None:
        if self._hiding is not None:
            self._hiding.stop()
            self._hiding = None
        self.show_discreet(False)
