"""Who the record knows: a prisoner number, checked."""

from db import engine
from db.current import store
from db.errors import Invalid, NotFound
from policy.numbers import is_prisoner_number


def existing(number: str) -> str:
    """The prisoner number in upper case, of somebody the record knows.

    Raises Invalid where it is no prisoner number, NotFound where nobody has it.
    """
    raised = number.strip().upper()
    if not is_prisoner_number(raised):
        raise Invalid(f"“{number}” is not a prisoner number: a letter, four digits, two letters, such as A1234BC.")
    if not engine.run(store().database, "SELECT 1 FROM standing WHERE number = ?", (raised,)).fetchone():
        raise NotFound(f"There is nobody with the number {raised} in this record.")
    return raised
