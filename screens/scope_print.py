"""Printing the register of scope to a file: everybody, under the answer they have, as discreet as the screen."""

from db.export import Table
from db.views.scope import ANSWERS, register
from screens.file_form import FileForm
from screens.scope_items import WORDS
from screens.several_words import people_words
from widgets.discretion import gives_away
from widgets.plain import harmless
from widgets.words import long_date

_COLUMNS = ("Scope", "Decided by", "Name", "Number", "Tier", "Where", "Supervisor")


class ScopePrintForm(FileForm):
    """The whole register."""

    TITLE_WORDS = "Print the register of scope to a file"
    HOLDS = "everybody here under the answer they have: which limb decided, name, number, tier, where, supervisor."
    DISCREET = "Discreet, as on the screen: without limbs that name a risk. To have them, press v first."
    REVEALED = "With the limbs, since they are revealed on the screen."

    def subject(self) -> str:
        """Everybody's."""
        return "everybody here"

    def proposed(self) -> str:
        """The register of today."""
        return f"scope-{self.today.isoformat()}"

    def listed(self) -> tuple[Table, str]:
        """Everybody, answer by answer."""
        found = [register(self.actor, answer) for answer in ANSWERS]
        lines = []
        for row in (row for one in found for row in one.rows):
            limb = row.limb if self.reveal or not gives_away(row.limb) else "discreet"
            tier = "?" if row.tier is None else str(row.tier)
            cells = (WORDS[row.answer], limb, row.name, row.number, tier, row.where, row.supervisor or "nobody named")
            lines.append(tuple(harmless(cell) for cell in cells))
        counts = ", ".join(f"{WORDS[answer]} {number}" for answer, number in zip(ANSWERS, found[0].counts, strict=True))
        title = f"Register of scope on {long_date(self.today)}"
        return Table(title, (f"{counts[:1].upper()}{counts[1:]}.",), _COLUMNS, tuple(lines)), people_words(len(lines))
