"""What the pathway checklist hands up: frozen rows for its screens and the command line."""

from datetime import date
from enum import StrEnum

import msgspec

from db.rows import DutyRow, State


class Status(StrEnum):
    """How a pathway activity stands (rulebook.md, Screening and the pathway checklist)."""

    NOT_ASSESSED = "not-assessed"
    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    DECLINED = "declined"
    SIGNPOSTED = "signposted"
    REFERRED = "referred"
    FOLLOWED_UP = "followed-up"

    @property
    def words(self) -> str:
        """As people say it."""
        return self.value.replace("-", " ")


QUICK = (Status.NOT_ASSESSED, Status.NEEDED, Status.IN_PROGRESS)
"""What one key goes through, since it takes no more words."""


COVERED = "Covered by"
"""How what is said of an activity begins that a screening or a duty did."""


class ActivityRow(msgspec.Struct, frozen=True):
    """One activity of one person.

    Attributes:
        key: The key of its duty.
        row: The id of the row it stands on, "" where there is none.
        on: Since when it stands so.
        said: The outcome, or why it is not needed or was declined.
        with_whom: To whom it was signposted or referred.
        referral: The key of that referral.
        due: The day something is due: the activity itself, asking again, or finding out what came of it.
        mark: How pressing that is, or that it is settled.
        met: Whether the need is met: by an outcome, never by effort.
        explained: In which language and format it was explained, and whether it was understood.
    """

    id: str
    key: str
    row: str
    pathway: str
    level: int
    title: str
    words: str
    serves: tuple[str, ...]
    provider: str
    does: str
    to: str
    consent: bool
    bcst: bool
    source: str
    status: Status
    on: date | None
    by: str
    said: str
    with_whom: str
    referral: str
    due: date | None
    mark: State
    met: bool
    explained: str = ""

    @property
    def counted(self) -> bool:
        """Whether it counts as needed: level 1 is for everyone, the rest once somebody has said so."""
        return self.level == 1 or self.status not in (Status.NOT_ASSESSED, Status.NOT_NEEDED)

    @property
    def covered(self) -> bool:
        """Whether a screening or duty did it, which is all that is said of it."""
        return self.said.startswith(COVERED)

    @property
    def open(self) -> bool:
        """Whether something of it is still to be done before release."""
        return self.counted and not self.met and self.status is not Status.DECLINED


class PathwayRow(msgspec.Struct, frozen=True):
    """One pathway of one person: needs, how much is done, what comes next and whose that is.

    `need` is yes, no or "" for not known. `assessed`: it is known whether there is a need, and of one that there is
    something beyond level 1 has been looked at. `next` is the most urgent duty under it.
    """

    id: str
    title: str
    name: str
    need: str
    need_on: date | None
    need_from: str
    levels: tuple[int, ...]
    done: int
    needed: int
    assessed: bool
    next: DutyRow | None
    next_about: str


class ReferralRow(msgspec.Struct, frozen=True):
    """A signposting or referral and what came of it."""

    key: str
    activity: str
    pathway: str
    title: str
    to: str
    how: str
    consent: str
    made: date
    by: str
    owner: str
    due: date | None
    state: State
    outcome: str
    need_met: str
    followed_up: date | None


class ScreeningRow(msgspec.Struct, frozen=True):
    """A screening: which part, when, by whom, and the needs it found (pathway ids)."""

    part: str
    on: date
    by: str
    needs: tuple[str, ...]
    no_needs: tuple[str, ...]
    said: str
    understood: str
    language: str


class AdviceRow(msgspec.Struct, frozen=True):
    """A request for advice and guidance; `minutes` None where they were not recorded."""

    key: str
    title: str
    asked: date
    met: date | None
    minutes: int | None


class SecretRow(msgspec.Struct, frozen=True):
    """Something need-to-know as it was recorded: what, when, by whom, to whom, on which grounds, in which words."""

    kind: str
    on: date
    by: str
    to: str
    grounds: str
    words: str


class Checklist(msgspec.Struct, frozen=True):
    """The checklist of one person.

    Attributes:
        earlier: what stood on the checklist of the custody before, for looking at beside this one.
        secrets: disclosures and what became of them, in the need-to-know part only.
        ask: the supervisor of whom the person is to be asked, in the manager's need-to-know part only.
    """

    number: str
    name: str
    where: str
    release: date | None
    release_words: str
    pathways: tuple[PathwayRow, ...]
    activities: tuple[ActivityRow, ...]
    referrals: tuple[ReferralRow, ...]
    screenings: tuple[ScreeningRow, ...]
    bcst: tuple[DutyRow, ...]
    advice: tuple[AdviceRow, ...]
    earlier: tuple[ActivityRow, ...]
    secrets: tuple[SecretRow, ...] = ()
    ask: str = ""

    @property
    def done(self) -> int:
        """How many needed activities are met."""
        return sum(pathway.done for pathway in self.pathways)

    @property
    def needed(self) -> int:
        """How many activities are needed."""
        return sum(pathway.needed for pathway in self.pathways)

    def of(self, pathway: str) -> tuple[ActivityRow, ...]:
        """The activities of one pathway, level by level."""
        return tuple(row for row in self.activities if row.pathway == pathway)


class PromptRow(msgspec.Struct, frozen=True):
    """Something a group asks to think of, and where it comes from."""

    text: str
    source: str


class CohortRow(msgspec.Struct, frozen=True):
    """A group with extra support: whether somebody belongs (yes, no, "" for not known), and what it asks to think of.

    `recorded`: belonging is recorded by hand. `missing`: labels of the facts that would have to be known.
    """

    id: str
    title: str
    member: str
    recorded: bool
    missing: tuple[str, ...]
    source: str
    prompts: tuple[PromptRow, ...]


class Prefill(msgspec.Struct, frozen=True):
    """What a screening's form begins with.

    Attributes:
        words: what to say above it: from which screening it was filled in, or why there is no part 2.
        allowed: False where this part is not for this person.
        needs: pathway id → yes or no.
        facts: fact → value, as now known.
        cohorts: group id → yes or no.
        by, on, received: who did it, when, and the day the provider received it, where it was done before.
    """

    words: str
    allowed: bool
    needs: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    cohorts: tuple[tuple[str, str], ...]
    by: str = ""
    on: str = ""
    received: str = ""


class ServiceRow(msgspec.Struct, frozen=True):
    """A service in the directory.

    Attributes:
        where: inside, after or both; "" where that is not known.
        serves: outputs of PSI 04/2015, 1 to 18.
        checked: the day it was last checked.
        stale: last checked long ago, or never.
        shipped: a course of the Virtual Campus, the same everywhere.
    """

    id: str
    title: str
    where: str
    provider: str
    pathway: str
    serves: tuple[int, ...]
    eligibility: str
    how: str
    waiting: str
    contact: str
    checked: date | None
    stale: bool
    shipped: bool
