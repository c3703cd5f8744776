"""The services directory: one service kept up to date, or a file of them taken in."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import msgspec

from db import payloads as p
from db import roles
from db.commands.saying import brief, said
from db.commands.work import changed, command
from db.errors import Invalid
from db.rows import Actor, Changed
from policy.catalogue import catalogue
from policy.phrases import slug
from policy.services import OUTPUTS

FIELDS = tuple(field for field in p.ServicePayload.__struct_fields__ if field != "closed")
WHERE = ("inside", "after", "both")
_MOST, _SAID = 2000, 5
_NOTHING = "Nothing was saved."


def save_service(actor: Actor, service: str, given: Mapping[str, str], today: date) -> Changed:
    """Record a service, or what has changed about one (its id; "" for a new one).

    Raises Invalid (a field missing, unknown or wrong), NotAllowed, Stale.
    """
    roles.check(actor, "intake")
    payload = _checked(given, today, "")
    with command(actor, None, "service", today) as work:
        work.add_to_line(p.SERVICE, service or slug(payload.title), payload)
        work.sentence = f"service {payload.title}"
    work.sentence = f"{payload.title}: {'closed' if payload.closed else 'recorded'}."
    return changed(work)


def import_services(actor: Actor, text: str, today: date) -> Changed:
    """Take in a list of services, CSV with a header or TOML with a table each: all of them, or none.

    One of the same name is brought up to date. Raises Invalid (not such a list; a line that is wrong), NotAllowed.
    """
    roles.check(actor, "intake")
    found: list[p.ServicePayload] = []
    wrong: list[str] = []
    for where, given in _read(text):
        try:
            found.append(_checked(given, today, f"{where}: "))
        except Invalid as error:
            wrong.append(error.sentence.removesuffix(f" {_NOTHING}"))
    if wrong:
        more = f" And {len(wrong) - _SAID} lines more." if len(wrong) > _SAID else ""
        raise Invalid(f"{' '.join(wrong[:_SAID])}{more} {_NOTHING}", field="file")
    if not found:
        raise Invalid("There is no service in this file. Nothing was saved.", field="file")
    if len(found) > _MOST:
        raise Invalid(f"There are more than {_MOST} services in this file. Nothing was saved.", field="file")
    with command(actor, None, "import services", today) as work:
        for payload in found:
            if any(row.key == slug(payload.title) for row in work.rows):
                raise Invalid(f"{payload.title} is in the file twice. Nothing was saved.", field="file")
            work.add_to_line(p.SERVICE, slug(payload.title), payload)
        work.detail = f"{len(found)} services"
        work.sentence = f"{len(found)} services taken in"
    work.sentence = f"{len(found)} services taken in; u undoes it."
    return changed(work)


def _read(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each service with where it stands in the file."""
    if text.lstrip("\ufeff \n").startswith(("[", "#")):
        try:
            tables = tomllib.loads(text.lstrip("\ufeff"))
        except tomllib.TOMLDecodeError as error:
            raise Invalid(f"This is not valid TOML: {error}. Nothing was saved.", field="file") from error
        for name, table in tables.items():
            if not isinstance(table, dict):
                raise Invalid(f"{name} is no table of a service. Nothing was saved.", field="file")
            yield name, {key: _text(value) for key, value in table.items()}
        return
    for at, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), restkey="", restval=""), start=2):
        if any(each.strip() for each in row.pop("", None) or ()):  # a spreadsheet pads rows with empty fields
            raise Invalid(
                f"Line {at} has more fields than the header; a comma inside one is quoted. {_NOTHING}", "file"
            )
        yield f"Line {at}", {str(key).strip(): str(value or "") for key, value in row.items()}


def _day(text: str) -> date | None:
    """A day as a spreadsheet writes it here, or as the record does."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _text(value: object) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _checked(given: Mapping[str, str], today: date, where: str) -> p.ServicePayload:
    for name in given:
        if name not in (*FIELDS, "closed"):
            known = ", ".join(FIELDS)
            raise Invalid(f"{where}there is no “{name}” of a service; there is {known}. Nothing was saved.", field=name)
    kept = {name: brief(value, f"{where}{name}", name) for name, value in given.items()}
    kept["title"] = said(kept.get("title", ""), f"{where}the title", "title")
    if kept.get("where", "") not in ("", *WHERE):
        raise Invalid(f"{where}where is one of {', '.join(WHERE)}. Nothing was saved.", field="where")
    pathway = kept.get("pathway", "")
    if pathway and (pathway not in catalogue().pathway or catalogue().pathway[pathway].restricted):
        raise Invalid(f"{where}there is no pathway “{pathway}”. Nothing was saved.", field="pathway")
    serves = [number.strip() for number in kept.get("serves", "").split(",") if number.strip()]
    if any(not number.isdecimal() or int(number) not in OUTPUTS for number in serves):
        raise Invalid(f"{where}outputs of PSI 04/2015 are 1 to 18. Nothing was saved.", field="serves")
    kept["serves"] = ",".join(serves)
    if checked := kept.get("checked", ""):
        day = _day(checked)
        if day is None:
            raise Invalid(f"{where}checked is a date such as 20/2/2026. {_NOTHING}", field="checked")
        kept["checked"] = day.isoformat()
        if day > today:
            raise Invalid(f"{where}{checked} has not come yet. Nothing was saved.", field="checked")
    return msgspec.convert(kept, p.ServicePayload)
