"""One person of the demonstration: who they are, what an extract gives of them, and what the unit knows by hand."""

from datetime import date, timedelta

import msgspec

from db.demo.causes import Chosen
from db.demo.dice import Dice
from db.demo.kinds import ENDLESS, FIXED, KINDS, RECALLED, UNSENTENCED
from db.demo.sentences import Dates, dates_of, wanted
from db.demo.words import names, texts

_FOREIGN = 0.1
_NUMBERS = 26 * 10_000 * 676
_STRIDE = 99_194_853  # prime to the count, so that no number comes twice
_OFFENCES = {
    "yes": ("Wounding with intent", "Robbery", "Sexual assault", "Grievous bodily harm", "Threats to kill", "Arson"),
    "no": (
        "Burglary dwelling",
        "Theft from shops",
        "Possession with intent to supply class A",
        "Conspiracy to supply class B",
        "Fraud",
        "Driving while disqualified",
        "Handling stolen goods",
        "Production of cannabis",
        "Going equipped",
        "Theft of motor vehicle",
    ),
}


class Person(msgspec.Struct):
    """Somebody: number, dates, what an extract gives (value and own date by fact), and facts recorded by hand."""

    number: str
    kind: str
    surname: str
    dates: Dates
    given: dict[str, str]
    own: dict[str, str]
    hand: dict[str, str]
    manager: str
    gaps: tuple[str, ...] = ()

    def fact(self, name: str) -> str:
        """What is known of a fact, empty where nothing is."""
        return self.hand.get(name) or self.given.get(name, "")


def number_of(index: int, seed: int) -> str:
    """The prisoner number of the person with this index: each index its own."""
    code = (index * _STRIDE + seed * 7_368_787 + 31_415_926) % _NUMBERS
    code, first = divmod(code, 26)
    code, figures = divmod(code, 10_000)
    second, third = divmod(code, 26)
    return f"{chr(65 + first)}{figures:04d}{chr(65 + second)}{chr(65 + third)}"


def person(
    number: str,
    kind: str,
    chosen: Chosen | None,
    gaps: tuple[str, ...],
    also: dict[str, str],
    dice: Dice,
    begin: date,
    today: date,
) -> Person:
    """Make somebody of this kind, fit for what is to be outstanding, with `gaps` not recorded and `also` so.

    A fact that is to start a clock by being recorded is left out, to be recorded on its day.
    """
    fit = wanted(chosen)
    if "file" in gaps:
        fit.before = begin  # only of somebody here before the record is there a file to check
    dates = dates_of(kind, fit, dice, today)
    wants = {**(chosen.cause.wants if chosen else {}), **also}
    if "ppo" in gaps:
        wants["rosh"] = "medium"  # high would settle the scope without it
    surname, forenames, nationality = _name(dice, wants)
    risk = _risk(kind, wants, dice)
    given = {
        "surname": surname,
        "forenames": forenames,
        "date-of-birth": _born(dates, dice).isoformat(),
        "sex": "male",
        "nationality": nationality,
        **_of_sentence(kind, dates, dice, today),
        **risk,
        "offence": dice.pick(_OFFENCES[risk["sexual-violent-offence"]]),
    }
    own = _own_dates(kind, dates, given)
    pair = dice.pick(texts().answers["managers"])
    om = f"{pair}, {dice.pick(texts().answers['offices'])} probation office"
    made = Person(number, kind, surname, dates, given, own, {}, om, gaps)
    made.hand = _by_hand(made, wants, dice, today)
    for name, value in wants.items():
        if value != "other" and name in given:
            given[name] = value
    anchored = chosen.cause.anchor.removeprefix("fact:") if chosen else ""
    for name in (*gaps, anchored, *(chosen.cause.leaves if chosen else ())):
        given.pop(name, None)
        made.hand.pop(name, None)
    return made


def _name(dice: Dice, wants: dict[str, str]) -> tuple[str, str, str]:
    known = names()
    if dice.chance(_FOREIGN) or wants.get("nationality") == "other":
        nation = dice.pick(known.nation)
        return dice.pick(nation.surnames), dice.pick(nation.forenames), nation.name
    second = f" {dice.pick(known.forenames)}" if dice.chance(0.25) else ""
    return dice.pick(known.surnames), dice.pick(known.forenames) + second, "British"


def _born(dates: Dates, dice: Dice) -> date:
    """An adult at the first day known of: most between 21 and 50."""
    first = min(dates.custody, dates.sentenced or dates.custody)
    years = 18 + min(dice.between(1, 50), dice.between(1, 50))
    return first - timedelta(days=int(years * 365.25) + dice.between(0, 364))


def _of_sentence(kind: str, dates: Dates, dice: Dice, today: date) -> dict[str, str]:
    """What an extract gives of custody and sentence."""
    shape = KINDS[kind]
    given = {"legal-status": shape.legal, "imprisonment-status": dice.pick(shape.codes), "recall": shape.recall or "no"}
    hour = f"T{dice.between(14, 19):02d}:{dice.pick(('05', '10', '20', '25', '40', '50'))}" if dice.chance(0.7) else ""
    given["custody-start"] = dates.custody.isoformat() + hour
    given["transferred-in"] = "no" if dates.arrival == dates.custody else "yes"
    if dates.arrival == dates.custody:
        given["arrival"] = dates.arrival.isoformat()
    if shape.type:
        given["sentence-type"] = shape.type
    if dates.returned:
        given["recall-returned"] = dates.returned.isoformat()
        if shape.days:
            given["recall-days"] = shape.days
    for name, day in (
        ("sentence-start", dates.sentenced),
        ("sentence-expiry", dates.expiry),
        ("licence-expiry", dates.licence),
        ("conditional-release", dates.conditional),
        ("parole-eligibility", dates.parole),
        ("curfew-eligibility", dates.curfew),
        ("tariff", dates.tariff),
        ("post-recall-release", dates.post_recall),
    ):
        if day:
            given[name] = day.isoformat()
    return given


def _risk(kind: str, wants: dict[str, str], dice: Dice) -> dict[str, str]:
    """What alerts would say of risk and needs."""
    grave = kind in ENDLESS or kind in ("extended", "recall-extended")
    violent = "yes" if grave or dice.chance(0.33) or wants.get("sexual-violent-offence") == "yes" else "no"
    levels = {"low": 0.3, "medium": 0.5, "high": 0.18, "very-high": 0.02}
    if violent == "yes":
        levels = {"low": 0.05, "medium": 0.5, "high": 0.4, "very-high": 0.05}
    rosh = wants.get("rosh") or dice.weighted(levels)
    found = {
        "rosh": rosh,
        "ppo": wants.get("ppo") or ("yes" if dice.chance(0.05) else "no"),
        "sexual-violent-offence": violent,
        "mappa-eligible": "yes" if violent == "yes" and kind not in UNSENTENCED and kind != "short" else "no",
        "care-leaver": "yes" if dice.chance(0.06) else "no",
        "social-care-need": "yes" if dice.chance(0.03) else "no",
        "removal-interest": "yes" if dice.chance(0.3) else "no",
        "acct": "yes" if dice.chance(0.03) else "no",
    }
    if kind in UNSENTENCED and "rosh" not in wants and dice.chance(0.6):
        del found["rosh"]
    if found["mappa-eligible"] == "yes" and dice.chance(0.3):
        found["mappa-level"] = dice.weighted({"1": 0.6, "2": 0.33, "3": 0.07})
    if violent == "yes" and dice.chance(0.25):
        found["victim-inquiry"] = "yes"
    if dice.chance(0.05):
        found["transfer-hold"] = dice.pick(("accredited programme", "medical", "parole"))
    return found


def _own_dates(kind: str, dates: Dates, given: dict[str, str]) -> dict[str, str]:
    """The extract's own dates: a sentence holds from its first day, a recall from the return."""
    own: dict[str, str] = {}
    if dates.sentenced:
        start = dates.sentenced.isoformat()
        for name in ("sentence-type", "sentence-start", "sentence-expiry", "licence-expiry", "offence"):
            if name in given:
                own[name] = start
    since = dates.returned or dates.sentenced
    if since:
        own["legal-status"] = own["imprisonment-status"] = since.isoformat()
    if kind in RECALLED and dates.returned:
        for name in ("recall", "recall-returned", "recall-days"):
            if name in given:
                own[name] = dates.returned.isoformat()
    return own


def _by_hand(made: Person, wants: dict[str, str], dice: Dice, today: date) -> dict[str, str]:
    """What the unit has recorded: screening's answers, the offender manager, tier, the release in prospect."""
    dates, sentenced = made.dates, made.kind not in UNSENTENCED
    yes = {
        "skills-assessment": 0.2,
        "tenancy": 0.2,
        "has-job": 0.15,
        "family-at-risk": 0.12,
        "drug-need": 0.35,
        "homeless-risk": 0.3,
        "ete-on-release": 0.35,
        "held-away": 0.25,
        "oasys-on-arrival": 0.6,
    }
    hand = {name: "yes" if dice.chance(share) else "no" for name, share in yes.items()}
    if hand["tenancy"] == "yes" or wants.get("tenancy") == "yes":
        hand["tenancy-kept"] = "yes" if dice.chance(0.5) else "no"
    else:
        hand["tenancy-kept"] = "no"
    if hand["homeless-risk"] == "yes" or wants.get("homeless-risk") == "yes":
        hand["homeless-consent"] = "refused" if made.kind in FIXED and dice.chance(0.1) else "given"
    if not sentenced:
        for name in ("held-away", "oasys-on-arrival", "ete-on-release", "homeless-risk", "homeless-consent"):
            hand.pop(name, None)
    if sentenced:
        hand["offender-manager"] = made.manager
        rosh = made.given.get("rosh")
        tiers = {"low": {"1": 0.4, "2": 0.6}, "medium": {"2": 0.35, "3": 0.65}}.get(rosh or "", {"4": 0.9, "3": 0.1})
        if dice.chance(0.94):
            hand["tier"] = dice.weighted(tiers)
        if dice.chance(0.3):
            hand["keyworkers"] = dice.pick(
                ("Education, PE", "Workshops", "ISMS, chaplaincy", "Programmes", "Education")
            )
    if made.given.get("mappa-level"):
        hand["mappa-category"] = dice.pick(("1", "2"))
    if dates.hearing:
        hand["hearing-month"] = dates.hearing
    if dates.arrival != dates.custody:
        hand["arrival"] = dates.arrival.isoformat()
    if made.kind in ("recall-28", "recall-14") and dates.returned and dice.chance(0.85):
        hand["recall-release"] = (dates.returned + timedelta(days=int(KINDS[made.kind].days) - 1)).isoformat()
    if made.kind in FIXED and dates.conditional and (dates.conditional - today).days <= 28:
        hand["release-date"] = dates.conditional.isoformat()
    if made.given.get("sexual-violent-offence") == "yes" and sentenced:
        hand["victim-contact"] = dice.pick(
            ("no-victim-contact", "victim-informed", "victim-declined", "victim-informed")
        )
    hand.update({name: value for name, value in wants.items() if name in hand})
    return hand
