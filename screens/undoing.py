"""Undo: names the user's last change, asks, takes it back."""

from collections.abc import Callable

from db.rows import Changed
from screens.base import Room


def ask_undo(room: Room, then: Callable[[Changed], None]) -> None:
    """Ask `room`'s user whether to undo their last change; `then` takes what the undoing changed."""
    from db.commands import undo
    from db.views import why_undo
    from screens.confirm import Confirm

    what = why_undo(room.actor)
    if what is None:
        room.say("You have changed nothing since you signed in, so there is nothing to undo.")
    else:

        def answer(yes: bool | None) -> None:
            if yes:
                room.in_background(lambda: undo(room.actor, room.today), then, doing="Undoing")

        room.app.push_screen(
            Confirm(f"Undo your last change? {what[:1].upper()}{what[1:]}.", yes="undo it", no="leave it"), answer
        )
