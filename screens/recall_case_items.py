"""The recall of one case as lines: what it is, every step, decisions, barriers, what is kept, papers, prompts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace
from textual.message import Message

from db.recalls import EXPECTED, IN_EXTRACT, STARTED, Barrier, Decision, RecallCase, RecallRow, RecallStep
from db.rows import DutyRow, State
from policy.recall_words import OUTCOMES, label_of, prompt_line, recall_words, type_words
from screens.case_items import Blank, Heading, Note, Said
from screens.case_words import Names
from screens.recall_barriers import REVIEWS, barrier_state, in_the_way, shown
from screens.recall_items import when_next
from widgets.discretion import gives_away
from widgets.lines import Line, Piece, cells, cut, pad, paragraphs, wrap
from widgets.listing import Listing
from widgets.looks import current, ink_of
from widgets.palette import Ink
from widgets.words import bare_title, due_long, out_words, short_date

_DUE, _WHEN = 11, 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A line that opens something: mark, when, what; `more` is told beneath while the cursor is on it.

    Attributes:
        opens: the form that Enter opens, and what it is about; none where Enter opens nothing.
        duty: the duty it stands for, for `d` and `s`.
    """

    key: str
    state: State | None
    when: str
    title: str
    tail: str = ""
    more: tuple[str, ...] = ()
    opens: tuple[str, str] = ("", "")
    duty: str = ""
    ink: Ink = Ink.TEXT


Item = Heading | Blank | Note | Said | Entry


def lines_of(case: RecallCase, names: Names, today: date, reveal: bool, mine: frozenset[str], width: int) -> list[Item]:
    """Everything the recall of a case has to show, section by section."""
    sections: list[list[Item]] = [_now(case, today, reveal, width)]
    if case.now is not None and case.now.stage != EXPECTED:
        sections += [
            _steps(case, names, today, reveal, mine),
            _decisions(case, today, reveal),
            _barriers(case, today, reveal),
            _kept(case, reveal),
            _papers(case, today),
        ]
    if case.prompts:
        sections.append(_prompts(case))
    if case.before:
        sections.append(_before(case, today, reveal))
    items: list[Item] = []
    for section in sections:
        if items:
            items.append(Blank(len(items)))
        items += section
    return items


def recall_words_of(now: RecallRow, today: date, reveal: bool) -> str:
    """What a recall is, in a line: type, since when, why."""
    parts = [type_words(now.type, now.days) if now.type else "type not known"]
    if now.stage == EXPECTED:
        parts.append(f"expected back, told {short_date(now.told_on, today)}" if now.told_on else "expected back")
        parts += [f"by {now.told_by}"] if now.told_by else []
    elif now.returned and now.released:
        parts.append(f"back {short_date(now.returned, today)} to {short_date(now.released, today)}")
    elif now.returned and now.returned == today:
        parts.append("back today")
    elif now.returned:
        parts.append(f"back since {short_date(now.returned, today)} ({out_words(today, now.returned) or '0d'})")
    if now.reasons:
        reasons = ", ".join(label_of(recall_words().reason, one) for one in now.reasons)
        parts.append(reasons if reveal or not gives_away(reasons) else "v shows why")
    elif now.stage != EXPECTED:
        parts.append("reasons not recorded")
    return current().dot.join(parts)


def _now(case: RecallCase, today: date, reveal: bool, width: int) -> list[Item]:
    now = case.now
    if now is None:
        words = "Not on recall now." if case.before else "Not on recall."
        return [Heading("Recall"), Said("none", f"{words} a records one: back in custody, or expected.")]
    said: list[Item] = [Heading("Recall", f"number {now.key} in this record" if now.key != "1" else "")]
    said += [
        Said(f"what {at}", words, Ink.TEXT)
        for at, words in enumerate(_wrapped(recall_words_of(now, today, reveal), width))
    ]
    if now.stage != EXPECTED:
        notice = short_date(now.notice, today) if now.notice else "not known"
        words = (
            f"release {short_date(case.release, today)} ({case.release_words})" if case.release else case.release_words
        )
        told = f"On the notice: {notice}{current().dot}counts now: {words}"
        said += [Said(f"release {at}", line, Ink.TEXT) for at, line in enumerate(_wrapped(told, width))]
    for at, alert in enumerate(case.alerts):
        for part, line in enumerate(_wrapped(alert, width)):
            said.append(Note(at, part, line))
    for at, change in enumerate(now.changes):
        said.append(Entry(f"change {at}", None, "", f"Turned: {change}", more=(change,)))
    if now.stage == IN_EXTRACT:
        said.append(Said("start", "Re-engagement has not been started: a starts it, after a preview.", Ink.ACCENT))
    elif now.stage == EXPECTED:
        said.append(Said("start", "When they are here, a starts re-engagement, after a preview.", Ink.ACCENT))
    return said


def _wrapped(text: str, width: int) -> list[str]:
    return ["".join(piece.text for piece in line) for line in wrap([Piece(text)], max(20, width - 3))]


def _steps(case: RecallCase, names: Names, today: date, reveal: bool, mine: frozenset[str]) -> list[Item]:
    done = sum(step.duty.state is State.MET for step in case.steps)
    items: list[Item] = [Heading("Steps", f"{done} of {len(case.steps)} done; Enter records one")]
    barriers = in_the_way(case.barriers, today, reveal)
    for step in case.steps:
        beside = barriers if step.duty.live and step.duty.id in REVIEWS else ()
        items.append(_step(step, names, today, reveal, mine, beside))
    return items


def _step(
    step: RecallStep, names: Names, today: date, reveal: bool, mine: frozenset[str], beside: tuple[str, ...]
) -> Entry:
    duty = step.duty
    if duty.met_on:
        who = names.get(step.by, step.by)
        again = f", {step.times} times" if step.times > 1 else ""
        where = " elsewhere, noted by" if step.elsewhere and who else " elsewhere" if step.elsewhere else ""
        tail = f"{short_date(duty.met_on, today)}{where}{f' {who}' if who else ''}{again}"
    else:
        tail = "" if duty.owner in mine or not duty.live else f"chase {duty.owner}"
    when = due_long(duty, today)
    more = [f"{when[:1].upper()}{when[1:]}."] if duty.live or duty.state is State.FAILED else []
    if step.said:
        more.append(f"Said: {shown(step.said, reveal)}")
    if step.understood or step.checked:
        how = f", checked: {step.checked}" if step.checked else ", how that was checked is not recorded"
        more.append(f"Understood: {step.understood or 'not recorded'}{how}")
    more += [shown(f"{_label(name)}: {value}", reveal) for name, value in step.also]
    more += beside
    more += [prompt_line(duty.id)] if duty.live else []
    title = f"{step.letter} {bare_title(duty, reveal)}"
    ink = Ink.TEXT if duty.live else Ink.DIM
    opens = ("meet", duty.name) if duty.live else ("", "")
    return Entry(
        duty.name, duty.state, when_next(duty, today), title, tail, tuple(filter(None, more)), opens, _live(duty), ink
    )


def _live(duty: DutyRow) -> str:
    return duty.name if duty.live else ""


def _label(name: str) -> str:
    """What a field is called."""
    return _LABELS.get(name, name[:1].upper() + name[1:])


_LABELS = {"safety": "ACCT", "next": "Next on", "loss": "Loss and resentment", "helps": "What would help"}


def _decisions(case: RecallCase, today: date, reveal: bool) -> list[Item]:
    items: list[Item] = [Heading("Reviews, decisions, re-release", "a adds one")]
    for at, one in enumerate(case.decisions):
        items.append(_decision(at, one, today, reveal))
    if not case.decisions:
        items.append(Said("decisions", "None yet."))
    return items


def _decision(at: int, one: Decision, today: date, reveal: bool) -> Entry:
    route = label_of(recall_words().route, one.route) if one.route else ""
    if one.what == "proposal":
        title = f"Re-release proposed by {one.by}" + (f", {route}" if route else "")
    else:
        title = f"{one.what[:1].upper()}{one.what[1:]}: {OUTCOMES.get(one.outcome, one.outcome)}"
    tail = f"next {short_date(one.next, today)}" if one.next else ""
    more = (shown(one.why, reveal),) if one.why else ()
    return Entry(f"decision {at}", None, short_date(one.on, today), title, tail, more)


def _barriers(case: RecallCase, today: date, reveal: bool) -> list[Item]:
    standing = sum(one.removed is None for one in case.barriers)
    items: list[Item] = [Heading("Barriers to re-release", f"{standing} stand" if standing else "")]
    items += [_barrier(one, today, reveal) for one in case.barriers]
    if not case.barriers:
        items.append(Said("barriers", "None recorded. What would it take? a adds one."))
    return items


def _barrier(one: Barrier, today: date, reveal: bool) -> Entry:
    what = label_of(recall_words().barrier, one.what)
    title = f"{what[:1].upper()}{what[1:]}" + (f": {shown(one.about, reveal)}" if one.about else "")
    more = [f"{one.owner}: {shown(one.action, reveal)}" if one.action else ""]
    more += [f"Instead: {shown(one.alternatives, reveal)}"] if one.alternatives else []
    more += [f"Gone {short_date(one.removed, today)}. {shown(one.outcome, reveal)}"] if one.removed else []
    state, when = barrier_state(one, today)
    return Entry(
        f"barrier {one.key}", state, when, title, one.owner, tuple(filter(None, more)), ("recall-barrier", one.key),
        ink=Ink.DIM if one.removed else Ink.TEXT,
    )  # fmt: skip


def _kept(case: RecallCase, reveal: bool) -> list[Item]:
    items: list[Item] = [Heading("To keep: progress, people, job, home", "nobody starts at square one")]
    for one in case.kept:
        title = f"{label_of(recall_words().keep, one.what).capitalize()}: {shown(one.about, reveal)}"
        more = (f"To keep it: {shown(one.action, reveal)}",) if one.action else ()
        items.append(Entry(f"keep {one.key}", None, "", title, more=more, opens=("recall-keep", one.key)))
    if not case.kept:
        items.append(Said("kept", "Nothing recorded yet: a adds it."))
    return items


def _papers(case: RecallCase, today: date) -> list[Item]:
    here = sum(one.received is not None for one in case.papers)
    items: list[Item] = [Heading("Papers of the dossier", f"{here} of {len(case.papers)} received; Enter ticks them")]
    for one in case.papers:
        state = State.MET if one.received else State.UNKNOWN
        when = short_date(one.received, today) if one.received else "missing"
        items.append(Entry(f"paper {one.id}", state, when, one.label, opens=("recall-papers", one.id)))
    return items


def _prompts(case: RecallCase) -> list[Item]:
    items: list[Item] = [Heading("Worth remembering now", "and how much it rests on")]
    for one in recall_words().prompt:
        if one.id in case.prompts:
            more = (one.text, f"{one.source}. {one.basis}")
            items.append(Entry(f"prompt {one.id}", None, "", one.title, more=more))
    return items


def _before(case: RecallCase, today: date, reveal: bool) -> list[Item]:
    items: list[Item] = [Heading("Earlier recalls", "everything recorded then is in the history: h")]
    for one in case.before:
        how = label_of(recall_words().route, one.route) if one.route else "released" if one.released else "called off"
        title = f"{recall_words_of(replace(one, stage=STARTED), today, reveal)}{current().dot}{how}"
        items.append(Entry(f"before {one.key}", None, "", title, more=(title, *one.changes)))
    return items


class RecallCaseList(Listing[Item]):
    """The lines of a recall: one cursor through all sections."""

    DEFAULT_CSS = "RecallCaseList { height: 1fr; width: 1fr; overflow: hidden hidden; }"

    class Chosen(Message):
        """Enter was pressed on a line."""

        def __init__(self, item: Item) -> None:
            """The line."""
            super().__init__()
            self.item = item

    def key_of(self, item: Item) -> str:
        """The line's key."""
        match item:
            case Entry():
                return item.key
            case Said():
                return f"said {item.name}"
            case Note():
                return f"note {item.at} {item.part}"
            case Heading():
                return f"heading {item.name}"
            case Blank():
                return f"blank {item.at}"

    def selectable(self, item: Item) -> bool:
        """Whether the cursor may stand on it."""
        return isinstance(item, Entry) or (isinstance(item, Said) and item.ink is not Ink.TEXT)

    def head(self, item: Item, width: int, cursor: bool) -> Line:
        """The line itself."""
        match item:
            case Heading():
                return [Piece(item.name, Ink.ACCENT), Piece(f"   {item.words}", Ink.DIM)]
            case Note():
                mark = current().mark(State.UNKNOWN) if item.part == 0 else " "
                return [Piece(f"{mark} {item.text}", Ink.UNKNOWN, item.part == 0)]
            case Said():
                return [Piece("  "), Piece(cut(item.text, width - 2), item.ink, cursor)]
            case Entry():
                return self._entry(item, width, cursor)
        return []

    def _entry(self, item: Entry, width: int, cursor: bool) -> Line:
        ink = ink_of(item.state) if item.state else Ink.DIM
        line = [Piece(f"{current().mark(item.state)} " if item.state else "  ", ink)]
        if item.when:
            line.append(Piece(pad(item.when, _DUE if item.state else _WHEN) + " ", ink))
        used = sum(cells(piece.text) for piece in line)
        room = width - used - (cells(item.tail) + 2 if item.tail else 0)
        title = cut(item.title, max(10, room))
        line.append(Piece(title, item.ink, cursor))
        if item.tail:
            line.append(Piece("  " + item.tail, Ink.DIM))
        return line

    def beneath(self, item: Item, width: int) -> list[Line]:
        """What belongs to the line, while the cursor is on it."""
        if not isinstance(item, Entry):
            return []
        indent = 4
        lines: list[Line] = []
        for text in _not_said(item, width):
            lines += paragraphs(text, width - indent - 2, Ink.DIM)
        return [[Piece(" " * indent), *line] for line in lines]

    def chosen(self, item: Item) -> None:
        """Say which line is to be opened."""
        self.post_message(self.Chosen(item))


def _not_said(item: Entry, width: int) -> Iterable[str]:
    """What is told beneath: all but what the line itself has room for."""
    return (text for text in item.more if text != item.title or cells(text) > width - 4)
