"""The header of a case, which stays: who, where, the sentence and its dates with days to go, who is responsible."""

from collections.abc import Mapping
from datetime import date

from textual.reactive import reactive

from db.rows import CaseDetail
from policy.fact_words import fact_words
from screens.case_words import Names, day_in, scope_words, values, whole_years
from widgets.discretion import risk_words
from widgets.frame import Drawn
from widgets.lines import Line, Piece, apart, cells, width_of, wrap
from widgets.looks import current
from widgets.palette import Ink
from widgets.words import last_seen_words, long_date, out_words, short_date, unseen

_KEY_DATES = (
    ("curfew-eligibility", "HDCED"),
    ("parole-eligibility", "PED"),
    ("tariff", "tariff"),
    ("post-recall-release", "PRRD"),
    ("sentence-expiry", "SED"),
    ("licence-expiry", "LED"),
)

_ONLY_AHEAD = frozenset({"curfew-eligibility", "parole-eligibility"})


class CaseHeader(Drawn):
    """Three or four lines; risk words only while revealed."""

    DEFAULT_CSS = "CaseHeader { height: auto; width: 1fr; }"

    detail: reactive[CaseDetail | None] = reactive(None, layout=True)
    reveal = reactive(False, layout=True)
    names: reactive[Names] = reactive[Names]({})

    def __init__(self, number: str, today: date) -> None:
        super().__init__()
        self.number = number
        self.today = today

    def lines(self, width: int) -> list[Line]:
        """Who and where; sentence and release; the other dates; who is responsible."""
        detail = self.detail
        if detail is None:
            return [[Piece(self.number, Ink.STRONG)]]
        known = values(detail)
        return [
            *self._who(detail, known, width),
            *_said(self._sentence(detail, known), width),
            *_said(self._people(detail, known), width),
        ]

    def _who(self, detail: CaseDetail, known: Mapping[str, str], width: int) -> list[Line]:
        row = detail.row
        tier = f"tier {row.tier}" if row.tier is not None else "tier not known"
        right = [Piece(tier, Ink.STRONG)]
        if self.reveal:
            right.append(Piece(current().dot + risk_words(row), Ink.TODAY))
        born = day_in(known.get("date-of-birth", ""))
        until = (day_in(known.get("left", "")) if _died(known) else None) or self.today
        age = f"age {whole_years(born, until)}" if born else "age not known"
        where = "" if _died(known) else row.where or row.cell or "place not known"
        about = current().dot.join(part for part in (f"  {row.number}", age, where) if part)
        left = [Piece(row.name, Ink.STRONG), Piece(about)]
        if width_of(left) + width_of(right) + 2 <= width:
            return [apart(left, right, width)]
        name = wrap([Piece(row.name, Ink.STRONG)], width)
        beside = [Piece(about.strip())]
        if width_of(beside) + width_of(right) + 2 <= width:
            return [*name, apart(beside, right, width)]
        return [*name, beside, *wrap(right, width)]

    def _sentence(self, detail: CaseDetail, known: Mapping[str, str]) -> list[str]:
        row = detail.row
        said = [_sentence_words(known)]
        if _died(known):
            return said
        words = detail.release_words
        if row.release_date is None:
            said.append(words)
        else:
            day = f"{short_date(row.release_date, self.today)}, {_far(row.release_date, self.today)}"
            said.append(f"release {day} ({words})" if words else f"release {day}")
        for fact, label in _KEY_DATES:
            date_ = day_in(known.get(fact, ""))
            if date_ is None or date_ == row.release_date or (fact in _ONLY_AHEAD and date_ < self.today):
                continue
            said.append(f"{label} {long_date(date_)[4:]} ({_near(date_, self.today)})")
        return said

    def _people(self, detail: CaseDetail, known: Mapping[str, str]) -> list[str]:
        row = detail.row
        supervisor = self.names.get(row.supervisor, row.supervisor) or "none named"
        manager = known.get("offender-manager", "") or "not known"
        if _died(known):
            return [f"OS {supervisor}", f"OM {manager}"]
        last = last_seen_words(row.last_seen, self.today)
        if row.last_seen is not None and unseen(row.last_seen, self.today):
            last += " (unseen)"
        held = "transfer held" if "hold" in row.flags else ""
        return [f"OS {supervisor}", f"OM {manager}", last, scope_words(row.scope), held]


def _died(known: Mapping[str, str]) -> bool:
    """Whether they have died: nothing is counted towards a release any more, or since they were last seen."""
    return known.get("left-how") == "died"


def _sentence_words(known: Mapping[str, str]) -> str:
    kind = known.get("sentence-type", "")
    length = known.get("sentence", "")
    status = known.get("legal-status", "").replace("-", " ")
    start = day_in(known.get("sentence-start", ""))
    words = " ".join(part for part in (length, fact_words("sentence-type", kind) or status) if part)
    if start:
        words = f"{words} sentence from {long_date(start)[4:]}".strip()
    return words or "sentence not known"


def _near(day: date, today: date) -> str:
    """How far off, short: `81d`, `2y`, `past`."""
    return "today" if day == today else out_words(day, today)


def _far(day: date, today: date) -> str:
    """How far off, in full: `81 days`, `11 months`."""
    words = _near(day, today)
    unit = _UNITS.get(words[-1], "")
    return f"{words[:-1]} {unit}{'s' if words[:-1] != '1' else ''}" if unit and words[:-1].isdigit() else words


_UNITS = {"d": "day", "m": "month", "y": "year"}


def _said(parts: list[str], width: int) -> list[Line]:
    """The parts with dots between; a line is broken between two of them, unless one is longer than a line."""
    lines: list[str] = []
    for part in filter(None, parts):
        joined = f"{lines[-1]}{current().dot}{part}" if lines else ""
        if joined and cells(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return [piece for line in lines for piece in wrap([Piece(line)], width)]
