"""What starting re-engagement, or turning a recall into another type, does: the same for preview and command."""

from collections.abc import Iterable, Mapping
from datetime import date

from db import allocating, entries, reengage, roles, standing, story
from db import payloads as p
from db.commands.work import Work
from db.entries import Row
from db.errors import Invalid
from db.recall_story import fields, lines_of, open_key, papers
from db.recalls import CLOSED, EXPECTED, STARTED, Does, Notice
from db.staff import staff
from policy.calendar import day_of
from policy.due import LIVE, SAFETY, Due
from policy.duties import evaluate
from policy.facts import facts
from policy.phrases import say
from policy.recall_words import TYPES, recall_words, type_words
from policy.release import contradictions

DAYS = ("14", "28")
WARNED = "recall-warned"


def check(notice: Notice, today: date) -> None:
    """Refuse a notice that contradicts itself. Raises Invalid."""
    if notice.type not in TYPES:
        raise Invalid(f"A recall is one of {', '.join(TYPES)}; “{notice.type}” is not. Nothing was saved.", "type")
    if notice.days and notice.type != "fixed-term":
        raise Invalid("Only a fixed-term recall has a number of days. Nothing was saved.", "days")
    if notice.days and notice.days not in DAYS:
        raise Invalid("A fixed-term recall is for 14 or 28 days. Nothing was saved.", "days")
    known = [reason.id for reason in recall_words().reason]
    for reason in notice.reasons:
        if reason not in known:
            raise Invalid(f"A reason is one of {', '.join(known)}; “{reason}” is not. Nothing was saved.", "reasons")
    if notice.returned and notice.returned > today:
        raise Invalid(
            f"{say(notice.returned)} has not come yet; record them as expected. Nothing was saved.", "returned"
        )
    if notice.release and notice.returned and notice.release < notice.returned:
        raise Invalid("The release date on the notice is before the return. Nothing was saved.", "release")
    if notice.arrived and notice.returned and notice.arrived < notice.returned:
        raise Invalid("They cannot have come here before they were back in custody. Nothing was saved.", "arrived")
    if notice.arrived and notice.arrived > today:
        raise Invalid(f"{say(notice.arrived)} has not come yet. Nothing was saved.", "arrived")


def next_key(rows: Iterable[Row]) -> str:
    """The key of the next recall of this person."""
    return str(len(lines_of(rows)) + 1)


def payload(notice: Notice, stage: str) -> dict[str, str]:
    """A notice as its row keeps it."""
    said = {
        "stage": stage,
        "type": notice.type,
        "days": notice.days,
        "returned": notice.returned.isoformat() if notice.returned else "",
        "release": notice.release.isoformat() if notice.release else "",
        "reasons": ",".join(notice.reasons),
        "told_by": notice.told_by,
    }
    return {name: text for name, text in said.items() if text}


def add_to_recall(work: Work, key: str, said: dict[str, str], on: date) -> None:
    """Add a row to the line of one recall."""
    at = entries.last_of_line([*work.before, *work.rows], entries.line(work.case, p.RECALL, key))
    work.add(p.RECALL, key, said, on=on, replaces=at)


def put(work: Work, values: Mapping[str, str | None], on: date) -> list[str]:
    """Record the facts that differ from what is held, as holding from `on`; gives what changed, in words."""
    held = work.story().held
    said = []
    for name, value in values.items():
        known = held.get(name)
        now = known.value if known else None
        if now == value:
            continue
        work.add_to_line(p.FACT, name, p.FactPayload(value, known.extract if known else None), on=on)
        said.append(f"{facts()[name].label}: {_said(now)} → {_said(value)}")
    return said


def _said(value: str | None) -> str:
    if value is None:
        return "not known"
    try:
        return say(date.fromisoformat(value[:10]))
    except ValueError:
        return value.replace("-", " ")


def duties_after(work: Work) -> tuple[dict[str, Due], story.Story]:
    """Every duty as it will stand once the command's rows are written, by name."""
    return _duties(work, [*work.before, *work.rows])


def duties_before(work: Work) -> dict[str, Due]:
    """Every duty as it stands without them, by name."""
    return _duties(work, work.before)[0]


def _duties(work: Work, rows: list[Row]) -> tuple[dict[str, Due], story.Story]:
    told = story.read(work.case or "", rows, work.today)
    found = evaluate(told.case, work.today, standing.rules())
    return {f"{due.id}:{due.key}" if due.key else due.id: due for due in found.duties}, told


def moved(before: Mapping[str, Due], after: Mapping[str, Due]) -> list[Does]:
    """Which dates moved, which duties began and which ended, in words; releases first."""
    said = []

    def order(name: str) -> tuple[bool, str, str]:
        due = _live(after.get(name)) or _live(before.get(name))
        return name != "recall-release", due.due.isoformat()[:10] if due and due.due else "", name

    for name in sorted({*before, *after}, key=order):
        old, new = _live(before.get(name)), _live(after.get(name))
        title = (new or old or next(iter(after.values()))).short
        if old and new and old.due != new.due:
            said.append(Does(title, f"{_when(old)} → {_when(new)}"))
        elif new and not old:
            said.append(Does(title, f"begins: {_when(new)}"))
        elif old and not new:
            ended = after.get(name)
            if ended is None or ended.base not in ("met", "waived"):
                said.append(Does(title, f"no longer due (was {_when(old)})"))
    return said


def _live(due: Due | None) -> Due | None:
    return due if due is not None and due.base in (LIVE, SAFETY) else None


def _when(due: Due) -> str:
    return say(day_of(due.due)) if due.due else "no date"


def fill(work: Work, notice: Notice) -> list[Does]:
    """Add every row that starting re-engagement writes, and say what each part does.

    Raises Invalid where another recall is still open, or no day of return is given.
    """
    returned = notice.returned
    if returned is None:
        raise Invalid("The day of return to custody is missing. Nothing was saved.", "returned")
    before = duties_before(work)
    key, notice = _key(work, notice)
    told = work.story()
    left = _last_left(told, returned)
    does = [Does("Recall", _recall_words(notice, key))]
    add_to_recall(work, key, payload(notice, STARTED), returned)
    changed = put(work, _facts(told, notice, returned), returned)
    does += [Does("Facts", line) for line in changed]
    does += reengage.carry(work, returned, left)
    does.append(_supervisor(work, told))
    after, now = duties_after(work)
    reading = evaluate(now.case, work.today, standing.rules()).reading
    does += [Does("Check", words, alert=True) for words in contradictions(reading)]
    does += [_clock(line) for line in moved(before, after)]
    does += _running(before, after)
    missing = [one.label for one in papers([*work.before, *work.rows], key, notice.type) if one.received is None]
    does.append(Does("Papers missing", "; ".join(missing) or "none"))
    return does


def _running(before: Mapping[str, Due], after: Mapping[str, Due]) -> list[Does]:
    """The clocks of the recall that run already, since an extract brought it, and do not move."""
    same = [due for name, due in after.items() if (old := _live(before.get(name))) and old.due == due.due]
    live = [due for due in same if due.id.startswith("recall-") and _live(due)]
    return [Does("Clock, running", f"{due.short}: {_when(due)}") for due in sorted(live, key=lambda one: str(one.due))]


def _clock(line: Does) -> Does:
    return Does("Clock", f"{line.about}: {line.words.removeprefix('begins: ')}")


def _key(work: Work, notice: Notice) -> tuple[str, Notice]:
    """The recall this is: the one expected, or a new one; what was known before the notice came is taken over."""
    key = open_key(work.before)
    if not key:
        return next_key(work.before), notice
    said = fields(lines_of(work.before)[key][-1])
    if said.get("stage") == EXPECTED:
        reasons = notice.reasons or tuple(part for part in said.get("reasons", "").split(",") if part)
        told_by = notice.told_by or said.get("told_by", "")
        return key, Notice(notice.type, notice.returned, notice.days, notice.release, reasons, notice.arrived, told_by)
    left = _last_left(work.story(), notice.returned or work.today)
    began = date.fromisoformat(said["returned"])
    if left is None or left < began or (notice.returned or work.today) <= began:
        raise Invalid(
            f"The recall of {say(began)} is still open. Turn it into another type, or record the release first. "
            "Nothing was saved.",
            "returned",
        )
    add_to_recall(work, key, {**said, "stage": CLOSED, "released": left.isoformat()}, left)
    return next_key(work.before), notice


def _last_left(told: story.Story, returned: date) -> date | None:
    """The last day they left custody before this return."""
    days = [version.value for version in told.case.facts.get("left", ()) if isinstance(version.value, date)]
    return max((day_of(day) for day in days if day_of(day) <= returned), default=None)


def _recall_words(notice: Notice, key: str) -> str:
    number = "" if key == "1" else f" This is recall {key} in this record; the earlier stays to be read."
    back = f", back in custody {say(notice.returned)}" if notice.returned else ""
    return f"{type_words(notice.type, notice.days)}{back}.{number}"


def _facts(told: story.Story, notice: Notice, returned: date) -> dict[str, str | None]:
    """The facts a recall sets; what an earlier recall left behind is taken back, so as not to be taken for its own."""
    back = told.held.get("recall-returned")
    known = back is not None and back.value == returned.isoformat()  # of this recall already, from an extract
    values: dict[str, str | None] = {"recall": notice.type, "recall-returned": returned.isoformat()}
    if notice.days or not known or notice.type != "fixed-term":
        values["recall-days"] = notice.days or None
    if notice.release or not known:
        values["recall-release"] = notice.release.isoformat() if notice.release else None
    if (left := told.held.get("left")) and left.value:
        values["left"] = None
    if _before(told, "custody-start", returned):
        values["custody-start"] = returned.isoformat()
    if notice.arrived or _before(told, "arrival", returned):
        arrived = notice.arrived or returned
        values["arrival"] = arrived.isoformat()
        values["transferred-in"] = "no" if arrived == returned else "yes"
    return values


def _before(told: story.Story, fact: str, day: date) -> bool:
    held = told.held.get(fact)
    return held is None or held.value is None or date.fromisoformat(held.value[:10]) < day


def _supervisor(work: Work, told: story.Story) -> Does:
    """Who holds the case, or who held it before and could have it again."""
    names = {member.id: member for member in staff()}
    held = told.held.get("supervisor")
    if held and held.value and held.value in names:
        return Does("Supervisor", f"{names[held.value].name} has the case.")
    spells = allocating.spells([row for row in work.before if row.kind == p.FACT and row.key == "supervisor"])
    for spell in spells:
        member = names.get(spell.staff)
        if member is None or not member.active:
            continue
        if roles.may(work.actor, "allocate"):
            work.add_to_line(p.FACT, "supervisor", p.FactPayload(member.id), on=work.today)
            return Does("Supervisor", f"{member.name}, who had the case before, is named again.")
        return Does("Supervisor", f"{member.name} had the case before; the manager can name them again (4, a).")
    return Does("Supervisor", "nobody has the case; the manager names one (4, a).")
