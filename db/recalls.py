"""What the recall screens and commands hand about: frozen rows, and what a notice of recall says."""

from datetime import date

import msgspec

from db.rows import DutyRow, State

EXPECTED, STARTED, CLOSED = "expected", "started", "closed"
IN_EXTRACT = "extract"
"""The stage of a recall only the facts speak of: back, and re-engagement has not been started."""


class Notice(msgspec.Struct, frozen=True):
    """What is known of a recall when it is recorded: from the notice, or before there is one.

    Attributes:
        type: standard, fixed-term, hdc, extended, ipp or life.
        returned: the day of return to custody, None while they are expected.
        days: of a fixed-term recall, 14 or 28; empty where not known.
        release: the release date on the notice.
        reasons: ids of `recall_words().reason`.
        arrived: the day of arrival here, where that is not the day of return.
        told_by: who told the unit; for somebody expected.
    """

    type: str
    returned: date | None = None
    days: str = ""
    release: date | None = None
    reasons: tuple[str, ...] = ()
    arrived: date | None = None
    told_by: str = ""


class Does(msgspec.Struct, frozen=True):
    """One line of what an action will do, or did: about what, and in words; `alert` where somebody must look."""

    about: str
    words: str
    alert: bool = False


class RecallStep(msgspec.Struct, frozen=True):
    """One step of re-engagement: the duty as it stands, and what was recorded when it was done.

    Attributes:
        letter: the letter above its mark in the list.
        says: what it is called in a word or two.
        by: staff id of who recorded it; empty where nobody did.
        said: what the person said.
        understood: yes, unsure, no, or empty where it was not recorded.
        checked: how that was checked.
        also: everything else its form asked, name and value.
        times: how often it has been done in this recall.
        elsewhere: whether it was done where they were before they came here.
    """

    duty: DutyRow
    letter: str
    says: str
    by: str = ""
    said: str = ""
    understood: str = ""
    checked: str = ""
    also: tuple[tuple[str, str], ...] = ()
    times: int = 0
    elsewhere: bool = False


class Barrier(msgspec.Struct, frozen=True):
    """Something in the way of re-release: what, whose, what is done about it by when, and what else would do."""

    key: str
    what: str
    about: str
    owner: str
    action: str
    by: date | None
    alternatives: str
    removed: date | None
    outcome: str


class Kept(msgspec.Struct, frozen=True):
    """Progress or social capital to keep: people, a job, a home, a course; what it is, and what is done to keep it."""

    key: str
    what: str
    about: str
    action: str


class Paper(msgspec.Struct, frozen=True):
    """A paper of the dossier, and the day it was received; None: missing."""

    id: str
    label: str
    received: date | None


class Decision(msgspec.Struct, frozen=True):
    """A proposal, a review or a decision about release: what, by whom, what came of it, why, and what next."""

    key: str
    what: str
    on: date
    by: str
    route: str
    outcome: str
    why: str
    next: date | None


class RecallRow(msgspec.Struct, frozen=True):
    """One recall of a person. `changes`: what was turned into what, when and why, with the dates that moved."""

    key: str
    stage: str
    type: str
    days: str
    reasons: tuple[str, ...]
    returned: date | None
    notice: date | None
    computed: date | None
    told_on: date | None
    told_by: str
    changes: tuple[str, ...]
    released: date | None
    route: str

    @property
    def open(self) -> bool:
        """Whether it is not over."""
        return self.stage != CLOSED


class RecallCase(msgspec.Struct, frozen=True):
    """Everything about a person's recalls: the present one with its steps, and every earlier one.

    Attributes:
        now: the present recall, None where there is none.
        before: recalls that are over, the latest first.
        alerts: dates that should agree and do not, and signals that disagree, in sentences.
        prompts: ids of the prompts that fit this moment.
    """

    number: str
    now: RecallRow | None
    before: tuple[RecallRow, ...]
    steps: tuple[RecallStep, ...]
    papers: tuple[Paper, ...]
    barriers: tuple[Barrier, ...]
    kept: tuple[Kept, ...]
    decisions: tuple[Decision, ...]
    release: date | None
    release_words: str
    alerts: tuple[str, ...]
    prompts: tuple[str, ...]
    sentence_end: date | None


class RecallLine(msgspec.Struct, frozen=True):
    """One line of the recall list: who, which type, how long back, a state for each step, and what is next.

    `states`: in the order of `recall_words().step`. `question`: signals that disagree, with the evidence. `past`: the
    day of release, where it has passed and no release is recorded.
    """

    number: str
    surname: str
    forenames: str
    where: str
    supervisor: str
    stage: str
    type: str
    days: str
    returned: date | None
    release: date | None
    states: tuple[State, ...]
    duties: tuple[DutyRow, ...]
    next: DutyRow | None
    barriers: int
    question: str
    past: date | None = None

    @property
    def name(self) -> str:
        """The name as a list shows it: SURNAME Forenames."""
        return f"{self.surname.upper()} {self.forenames}".strip()


class RecallFilter(msgspec.Struct, frozen=True):
    """Whose recalls, of which type, and which of them: late, expected, not started, with barriers.

    `mine` has those too whom nobody has yet: somebody is to see them the day they come.
    """

    who: str = "all"
    type: str = ""
    only: str = ""


class Figure(msgspec.Struct, frozen=True):
    """One figure: so many of so many. `unknown` and `not_yet` stand apart and are in neither number.

    `found` is what the study or the guidance has, and where; `numbers` the cases counted in `count`.
    """

    measure: str
    label: str
    count: int
    of: int
    unknown: int
    not_yet: int
    found: str
    source: str
    numbers: tuple[str, ...] = ()


class RecallFigures(msgspec.Struct, frozen=True):
    """The figures on recall as at a day: how many now, of which type and reason, how long back, how well looked after.

    `hidden`: numbers under five are not told to this reader.
    """

    as_at: date
    since: date
    until: date
    now: int
    expected: int
    figures: tuple[Figure, ...]
    hidden: bool
