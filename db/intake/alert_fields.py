"""Reading the alerts of one record: a list of objects in JSON, or `R:ROH;X:XVL:inactive` in a cell."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from db.intake import fields
from policy.alerts import Alert
from policy.codes import alert_rules

_BEGAN = ("activeFrom", "dateFrom", "dateCreated", "createdAt")
_ENDED = ("activeTo", "dateTo", "dateExpires", "dateExpired")
_DATES = frozenset((*_BEGAN, *_ENDED))
_OVER = {"inactive", "expired", "n", "no", "false"}
_MOST_SHOWN = 5


def alerts_of(value: object, today: date) -> tuple[list[Alert], str]:
    """The alerts of a record, and those that cannot be read, in words (empty: none)."""
    found: list[Alert] = []
    unread: list[str] = []
    for each in _each(value):
        if isinstance(each, dict) and isinstance(code := each.get("alertCode"), str) and _says_nothing(code):
            continue
        alert = _from_text(each) if isinstance(each, str) else _from_object(each, today)
        if alert is None:
            unread.append(fields.shown(each))
        else:
            found.append(alert)
    return found, "; ".join(unread[:_MOST_SHOWN])


@lru_cache(maxsize=4096)
def _says_nothing(code: str) -> bool:
    """Whether an alert speaks of nothing we record, as most do."""
    return not alert_rules(code.strip().upper())


def _each(value: object) -> Iterator[object]:
    if isinstance(value, list | tuple):
        yield from value
    elif isinstance(value, str):
        yield from (part for part in value.replace(",", ";").split(";") if part.strip())
    elif value is not None:
        yield value


def _from_text(part: str) -> Alert | None:
    words = [fields.clean(word) for word in part.split(":")]
    if len(words) > 1 and words[-1].lower() in (*_OVER, "active"):
        code, active = words[-2], words[-1].lower() not in _OVER
    else:
        code, active = words[-1], True
    code = code.upper()
    return Alert(code, active) if _is_code(code) else None


def _from_object(value: object, today: date) -> Alert | None:
    if not isinstance(value, Mapping):
        return None
    code = value.get("alertCode")
    if isinstance(code, Mapping):  # the alerts service nests code and description
        code = code.get("code")
    if not isinstance(code, str):
        return None
    code = code.strip().upper()
    if not _is_code(code):
        return None
    active = fields.yes_no(value.get("active"))
    expired = fields.yes_no(value.get("expired"))
    if "unreadable" in (active, expired):
        return None
    over = active == "no" or expired == "yes"
    if _DATES.isdisjoint(value):
        return Alert(code, not over)
    return Alert(code, not over, _day(value, _BEGAN, today), _day(value, _ENDED, today))


def _is_code(code: str) -> bool:
    return 0 < len(code) <= 20 and code.isascii() and code.replace("_", "").isalnum()


def _day(alert: Mapping[object, object], names: tuple[str, ...], today: date) -> str | None:
    for name in names:
        value = alert.get(name)
        found = fields.when(value) if isinstance(value, str) else None
        if found is not None and found.sense == "date" and found.day <= today:
            return found.iso
    return None
