"""The caseload's own table."""

from textual.binding import Binding
from textual.message import Message

from screens.actions import ACTIONS
from widgets.case_table import CaseTable


class People(CaseTable):
    """The people of the caseload: Enter is the action `open`, and End asks for those not loaded yet."""

    BINDINGS = [Binding("enter", "choose", ACTIONS["open"].tells, show=False, id="open")]

    class EndWanted(Message):
        """The user wants to be at the end, and there is more than is loaded."""

    def action_last(self) -> None:
        """To the last person; those that follow are asked for first."""
        super().action_last()
        if self.more:
            self.post_message(self.EndWanted())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There must be somebody to open."""
        return action != "choose" or self.row is not None

    @property
    def more(self) -> bool:
        """Whether others follow those that are loaded."""
        return self._more
