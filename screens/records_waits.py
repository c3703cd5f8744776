"""What waits in the records, as lines: what needs somebody first, then what was done and what can be looked up."""

from collections.abc import Iterator
from datetime import date

from db.moving import Waits
from db.rows import State
from screens.records_list import Item
from widgets.words import short_date


def items(waits: Waits, today: date) -> list[Item]:
    """Every line; those with something waiting first."""
    waiting = list(_waiting(waits, today))
    urgent = [item for item in waiting if item.state is not State.CLEAR]
    clear = [item for item in waiting if item.state is State.CLEAR]
    head = "What waits" if urgent else "Nothing waits: the queue is clear"
    return [Item("", head), *urgent, *clear, Item("", ""), Item("", "Done, and to be looked up"), *_done(waits, today)]


def _waiting(waits: Waits, today: date) -> Iterator[Item]:
    for one in {each.number: each for each in waits.emergencies}.values():
        text = f"by {one.by}, {short_date(one.on, today)}; v there says why"
        yield Item(f"pathways:{one.number}", "Emergency access", one.number, text, State.UNKNOWN)
    oldest = f" since {short_date(waits.oldest_gone, today)}" if waits.oldest_gone else ""
    yield _line("asked", "Gone", waits.gone, f"not in the extract{oldest}: have they left?")
    yield _line("asked:questions", "Questions", waits.questions, "what extracts could not settle")
    yield _line("moves:tell", "Tell the OM", waits.to_tell, "moved away, and their offender manager not told")
    people = f"of {waits.gap_people} {'person' if waits.gap_people == 1 else 'people'}"
    needed = f"; most needed: {waits.needed}" if waits.needed else ""
    yield _line("gaps", "Missing facts", waits.gaps, f"{people}{needed}")
    yield _line("pairs", "Possible duplicates", waits.pairs, "one person under two numbers?")


def _line(key: str, name: str, number: int, text: str) -> Item:
    if not number:
        return Item(key, name, "none", "", State.CLEAR)
    return Item(key, name, str(number), text, State.UNKNOWN)


def _done(waits: Waits, today: date) -> Iterator[Item]:
    out = f", {waits.out} out now" if waits.out else ""
    yield Item("moves", "Receptions and moves", str(waits.moved_today or "–"), f"recorded today{out}")
    last, counts = "none was taken in yet", ""
    if waits.last is not None:
        one = waits.last
        changed = ", ".join(f"{one.counts[name]} {name}" for name in ("new", "changed", "gone") if one.counts[name])
        last = f"the last {short_date(one.day, today)}, by {one.by}"
        counts = f"{one.file}: {changed or 'nothing changed'}"
    yield Item("intakes", "Intakes", "", last, beneath=counts)
