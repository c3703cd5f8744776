"""The dates of a person's custody and sentence, consistent with each other and with what is to be outstanding."""

from datetime import date, timedelta

import msgspec

from db.demo.causes import Chosen
from db.demo.dice import Dice
from db.demo.kinds import ENDLESS, FIXED_TERM, KINDS, UNSENTENCED
from policy.calendar import add_months, england_and_wales

_NOT_SOON = 10  # days to release at the least, unless a release is what is outstanding


class Dates(msgspec.Struct):
    """A person's dates; None for those the sentence has not got. `hearing` is a month such as 2026-09."""

    custody: date
    arrival: date
    sentenced: date | None = None
    expiry: date | None = None
    conditional: date | None = None
    licence: date | None = None
    parole: date | None = None
    curfew: date | None = None
    tariff: date | None = None
    post_recall: date | None = None
    returned: date | None = None
    hearing: str = ""


def working(day: date) -> date:
    """The day itself or the last working day before it: courts, escorts and offices keep office days."""
    return england_and_wales().on_or_before(day)


class Wanted(msgspec.Struct):
    """What the dates have to fit: days an anchor must have, and the latest day of arrival."""

    arrived: date | None = None
    sentenced: date | None = None
    returned: date | None = None
    release: date | None = None
    before: date | None = None


def wanted(chosen: Chosen | None) -> Wanted:
    """What the outstanding duty asks of the dates."""
    if chosen is None:
        return Wanted()
    anchor, day = chosen.cause.anchor, chosen.anchor
    if anchor in ("arrived", "sentenced", "returned", "release"):
        return Wanted(**{anchor: day})
    if anchor == "screened":
        return Wanted(arrived=england_and_wales().add(day, -1))
    return Wanted(before=day)


def dates_of(kind: str, fit: Wanted, dice: Dice, today: date) -> Dates:
    """Dates for somebody of this kind."""
    if KINDS[kind].recall:
        return _recalled(kind, fit, dice, today)
    if kind in UNSENTENCED:
        return _unsentenced(fit, dice, today)
    if kind in ENDLESS:
        return _endless(kind, fit, dice, today)
    return _determinate(kind, fit, dice, today)


def _unsentenced(fit: Wanted, dice: Dice, today: date) -> Dates:
    custody = fit.arrived or working(today - timedelta(days=min(dice.between(4, 170), dice.between(4, 170))))
    if fit.before and custody >= fit.before:
        custody = working(fit.before - timedelta(days=dice.between(3, 60)))
    return Dates(custody, _arrival(custody, fit, dice, today, 0.08))


def _arrival(custody: date, fit: Wanted, dice: Dice, today: date, moved: float) -> date:
    """Arrival here: custody start, or the day of a transfer in."""
    latest = min(today - timedelta(days=4), (fit.before or today) - timedelta(days=3))
    if fit.arrived or (latest - custody).days < 40 or not dice.chance(moved):
        return custody
    return max(working(dice.day(max(custody + timedelta(days=20), latest - timedelta(days=900)), latest)), custody)


def _determinate(kind: str, fit: Wanted, dice: Dice, today: date) -> Dates:
    months = dice.between(*KINDS[kind].months)
    extended = kind == "extended"
    held = int(months * 30.44 * (0.66 if extended else 0.5))
    begun = fit.sentenced or fit.arrived
    if fit.release:
        left = (fit.release - today).days
        held = max(held, left + dice.between(20, 60))
    elif begun:
        held = max(held, (today - begun).days + dice.between(20, 120))
        left = held - (today - begun).days
    else:
        left = max(_NOT_SOON, int(held * dice.between(3, 96) / 100))
        held = max(held, left + 12)
    sentenced = begun or working(today - timedelta(days=held - left))
    if fit.before and sentenced >= fit.before:
        sentenced = working(fit.before - timedelta(days=dice.between(5, 60)))
        held = max(held, (today - sentenced).days + dice.between(20, 200)) if not fit.release else held
    conditional = fit.release or sentenced + timedelta(days=max(held, (today - sentenced).days + _NOT_SOON))
    custody = sentenced
    if not fit.arrived and dice.chance(0.55):
        custody = working(sentenced - timedelta(days=dice.between(15, 150)))
    whole = _months_around(sentenced, conditional, months, 0.66 if extended else 0.5, kind)
    expiry = add_months(sentenced, whole) - timedelta(days=1)
    parole = conditional if extended else None
    return Dates(
        custody,
        _arrival(custody, fit, dice, today, 0.12 if kind == "short" else 0.32),
        sentenced,
        expiry,
        conditional,
        licence=expiry,
        parole=parole,
        curfew=_curfew(sentenced, conditional, dice) if kind in ("short", "medium") else None,
    )


def _curfew(sentenced: date, conditional: date, dice: Dice) -> date | None:
    """The day home detention curfew may begin, where enough of the sentence would have been served."""
    day = conditional - timedelta(days=dice.between(28, 135))
    return day if (day - sentenced).days >= 28 else None


def _months_around(start: date, release: date, months: int, part: float, kind: str) -> int:
    """A sentence in whole months whose custodial part ends about the release date, within its kind's bounds."""
    fitting = round((release - start).days / part / 30.44)
    low, high = KINDS[kind].months
    whole = max(low, min(high, max(months if abs(fitting - months) < 2 else fitting, 1)))
    while add_months(start, whole) <= release:
        whole += 1
    return whole


def _endless(kind: str, fit: Wanted, dice: Dice, today: date) -> Dates:
    if kind == "ipp":
        sentenced = working(dice.day(date(2005, 6, 1), date(2012, 6, 30)))
        tariff = add_months(sentenced, dice.between(20, 96))
    else:
        sentenced = working(today - timedelta(days=dice.between(200, 8000)))
        tariff = add_months(sentenced, dice.between(130, 300))
    custody = working(sentenced - timedelta(days=dice.between(60, 400)))
    moved = Wanted(before=fit.before)
    arrival = _arrival(custody, moved, dice, today, 0.97)
    return Dates(custody, arrival, sentenced, tariff=tariff, hearing=_hearing(tariff, dice, today))


def _hearing(tariff: date, dice: Dice, today: date) -> str:
    """The month of the next hearing: about tariff where that lies ahead, else within a year and a half."""
    soon = today + timedelta(days=dice.between(100, 540))
    day = max(tariff, soon)
    return f"{day:%Y-%m}"


def _recalled(kind: str, fit: Wanted, dice: Dice, today: date) -> Dates:
    low, high = KINDS[kind].back
    returned = fit.returned or today - timedelta(days=min(dice.between(low, high), dice.between(low, high)))
    if fit.before and returned >= fit.before:
        returned = fit.before - timedelta(days=dice.between(4, 40))
    found = Dates(returned, returned, returned=returned)
    if kind in ENDLESS:
        found.sentenced = working(returned - timedelta(days=dice.between(3000, 6000)))
        if kind == "recall-ipp":
            found.sentenced = working(dice.day(date(2005, 6, 1), date(2011, 6, 30)))
        found.tariff = add_months(found.sentenced, dice.between(24, 80))
        found.hearing = _hearing(found.tariff, dice, today)
        return found
    months = dice.between(*KINDS[kind].months)
    if kind == "recall-hdc":
        found.conditional = today + timedelta(days=dice.between(14, 100))
        found.sentenced = working(found.conditional - timedelta(days=int(months * 15.2)))
        if found.sentenced >= returned:
            found.sentenced = working(returned - timedelta(days=60))
        months = _months_around(found.sentenced, found.conditional, months, 0.5, kind)
        found.expiry = add_months(found.sentenced, months) - timedelta(days=1)
    else:
        # Out at the halfway point, so a recall falls into the second half of the sentence.
        span = int(months * 30.44)
        least = 45 if kind in FIXED_TERM else 240
        left = max(least, int(span * dice.between(8, 40) / 100))
        end = max(today, returned) + timedelta(days=left)
        found.sentenced = working(add_months(end, -months))
        if (returned - found.sentenced).days < span // 2:
            found.sentenced = working(returned - timedelta(days=span // 2 + dice.between(5, 40)))
        found.expiry = add_months(found.sentenced, months) - timedelta(days=1)
        if found.expiry <= today + timedelta(days=30):
            found.expiry = today + timedelta(days=dice.between(35, 90))
        found.conditional = found.sentenced + timedelta(days=int(span * (0.66 if kind == "recall-extended" else 0.5)))
        if kind in ("recall-standard", "recall-extended"):
            found.post_recall = found.expiry
    found.licence = found.expiry
    return found
