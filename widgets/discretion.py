"""What may stand on a screen that a prisoner could see (rulebook.md, Discreet by default)."""

import re

from db.rows import CaseRow, DutyRow, State
from widgets.lines import cut
from widgets.words import bare_title, fit_title, fitting

_GIVES_AWAY = re.compile(
    r"""\b(
    rosh | roh | risks?\b(?!\ review) | harm | mappa | ppo | victims? | acct | suicid\w* | self-harm
    | sex | sexual\w* | violen\w* | offences? | terroris\w* | gangs? | security
    | abuse\w* | domestic | safeguard\w* | health\w* | drugs? | substance\w* | alcohol | mental\w* | medic\w* | disab\w*
    | learning\ difficult\w* | care\ leavers? | care\ needs | social[- ]care | personal\ advisers?
    | foreign | deport\w* | removal | ex-service
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def gives_away(text: str) -> bool:
    """Whether a text names a risk, a victim, health, an offence or a group, and so waits until it is revealed."""
    return _GIVES_AWAY.search(text) is not None


def title_about(duty: DutyRow, reveal: bool) -> str:
    """A duty's title and, where it is one of several of a kind, which it is, unless that gives something away."""
    title = bare_title(duty, reveal)
    return f"{title}: {duty.about}" if duty.about and (reveal or not gives_away(duty.about)) else title


def headline(row: CaseRow, duty: DutyRow, reveal: bool) -> str:
    """What the list says of the most urgent duty: its title, or, where a fact is missing, which.

    A missing fact whose name would give something away is not named until it is revealed.
    """
    label = _missing(row, duty, reveal)
    return f"{label} missing" if label else bare_title(duty, reveal)


def fit_headline(row: CaseRow, duty: DutyRow, width: int, reveal: bool, owner: str) -> str:
    """The headline for a column of `width` cells, with whom to chase; nobody is to be chased for a missing fact."""
    label = _missing(row, duty, reveal)
    if label:
        return fitting((f"{label} missing", f"{label}?"), width) or cut(label, width)
    return fit_title(duty, width, reveal, duty.owner if duty.missing else owner)


def _missing(row: CaseRow, duty: DutyRow, reveal: bool) -> str:
    if duty.state is not State.UNKNOWN or not duty.missing:
        return ""
    label = next((fact.label for fact in row.missing if fact.fact == duty.missing[0]), "")
    return "" if gives_away(label) and not reveal else label


def risk_words(row: CaseRow) -> str:
    """The risk words and flags of a case, for a screen where they are revealed."""
    rosh = f"RoSH {row.rosh.replace('-', ' ')}" if row.rosh else "RoSH not known"
    return " · ".join((rosh, *row.flags))
