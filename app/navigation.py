"""Getting about: which rooms stand on the desk, how one is opened over another, and how all are built again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from textual.app import App
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from app import rooms
from screens.base import Desk, Room, Sitting
from screens.blank import BlankScreen
from screens.messages import Back, Go, RecordChanged, Visit
from screens.routes import Route
from screens.too_small import TooSmallScreen, too_small

DOOR, DESK = "door", "desk"
HOME = Route("caseload")


class Navigator(App[None], inherit_bindings=False):
    """An application with two stacks of screens: the door, and the desk somebody works at.

    The desk always has the caseload at the bottom; a place is what stands above it.
    """

    MODES = {DOOR: BlankScreen}
    DEFAULT_MODE = DOOR

    sitting: Sitting | None = None
    """Who sits at the desk; None while nobody is signed in."""

    left: dict[str, tuple[Route, ...]]
    """Where the user was in each place they left, room upon room above the caseload."""

    # True until the application runs, since the first stack is begun before that.
    _beginning = True

    @property
    def at_desk(self) -> bool:
        """Whether the desk is what is shown."""
        return self.current_mode == DESK and self.sitting is not None

    @property
    def desks(self) -> list[Desk[Any]]:
        """Rooms and forms on the desk, lowest first; empty in front of the door."""
        if not self.at_desk:
            return []
        return [screen for screen in self.screen_stack if isinstance(screen, Desk)]

    def routes(self) -> tuple[Route, ...]:
        """The way to where the user is, room upon room."""
        return tuple(desk.route() for desk in self.desks)

    def partings(self) -> list[Callable[[], None]]:
        """What keeps the drafts of the forms that stand on the desk; to be called in a thread."""
        kept = [desk.parting() for desk in self.desks]
        return [parting for parting in kept if parting is not None]

    async def set_out(
        self, sitting: Sitting, routes: Sequence[Route], left: Mapping[str, tuple[Route, ...]] | None = None
    ) -> None:
        """Build the desk along `routes` and show it; `left` says where the user was in the other places."""
        self.sitting = sitting
        self.left = dict(left or {})
        self.add_mode(DESK, lambda: rooms.build(sitting, routes[0]))
        with self.batch_update():
            await self.show_mode(DESK)
            await self._build(routes[1:])
            self.fit()

    def fit(self, size: Size | None = None) -> None:
        """Say that the window is too small, or take that back."""
        small = too_small(size or self.size)
        saying = isinstance(self.screen, TooSmallScreen)
        if small and not saying:
            self.push_screen(TooSmallScreen())
        elif saying and not small:
            self.pop_screen()

    def on_resize(self, event: Resize) -> None:
        """The window has another size."""
        self.fit(event.size)

    def refresh_css(self, animate: bool = True) -> None:
        """Style every screen anew; but not for a stack just begun, whose widgets are styled as they are mounted.

        Textual would read the whole style sheet again for each, which costs as much as drawing the first screen.
        """
        if not self._beginning:
            super().refresh_css(animate)

    def delay_update(self, delay: float = 0.05) -> None:
        """Hold back drawing; not while a stack is begun, which is drawn when it is whole (`batch_update`)."""
        if not self._beginning:
            super().delay_update(delay)

    async def show_mode(self, mode: str) -> None:
        """Switch to the other stack of screens, which is begun now."""
        self._beginning = True
        try:
            await self.switch_mode(mode)
        finally:
            self._beginning = False

    async def on_go(self, message: Go) -> None:
        """Open a room or a form over the present one."""
        message.stop()
        desks = self.desks
        # A key pressed twice before the first form stood there must not open two.
        if desks and desks[-1].origin != message.route:
            await self._build((message.route,))

    async def on_back(self, message: Back) -> None:
        """Leave the room on top; the lowest one stays."""
        message.stop()
        if len(self.desks) > 1 and isinstance(self.screen, Room):
            await self.pop_screen()

    async def on_visit(self, message: Visit) -> None:
        """Go to a place; the place left is found again as it was. Its own number goes to its top."""
        message.stop()
        routes = self.routes()
        if not routes or not isinstance(self.screen, Room):
            return
        here = _place(routes)
        self.left[here] = routes[1:]
        ahead = () if message.place == here else self.left.get(message.place, ())
        if not ahead and message.place != HOME.place:
            ahead = (Route(message.place),)
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            await self._build(ahead)

    def on_record_changed(self, message: RecordChanged) -> None:
        """Have every room look again, and say on the top one what moved."""
        message.stop()
        self.look_again(message.changed.case)
        if self.desks:
            self.desks[-1].say(message.changed.sentence)

    def look_again(self, case: str) -> None:
        """Have every room read this case again ("": whatever it shows)."""
        for desk in self.desks:
            if isinstance(desk, Room):
                desk.call_later(desk.refresh_case, case)

    async def _build(self, routes: Sequence[Route]) -> None:
        for route in routes:
            if self.sitting is not None:
                screen: Screen[Any] = rooms.build(self.sitting, route)
                await self.push_screen(screen)


def _place(routes: Sequence[Route]) -> str:
    """The numbered place a stack of routes is in."""
    above = routes[1].place if len(routes) > 1 else HOME.place
    return above if above in rooms.PLACES else HOME.place
