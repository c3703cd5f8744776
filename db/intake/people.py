"""From one record of a prisoner search to the facts it gives, the questions it raises, or why it is refused.

Source: cli.md, Extracts; record.md, Facts; rulebook.md, Calendar and Recall.
"""

from datetime import date

from db.intake import fields
from db.intake.alert_fields import alerts_of
from db.intake.coded import Coded, read_codes
from db.intake.extracted import Extracted, Given
from db.intake.fields import BadField, When, in_words
from db.intake.prisoner_search import Record
from db.rows import Question
from policy.alerts import facts_of_alerts
from policy.codes import YesNo
from policy.recall_signals import RecallFound

_RELEASE_DATES = (
    ("confirmedReleaseDate", "confirmed_release_date", "release-date", True),
    ("conditionalReleaseDate", "conditional_release_date", "conditional-release", True),
    ("automaticReleaseDate", "automatic_release_date", "automatic-release", True),
    ("nonParoleDate", "non_parole_date", "non-parole", False),
    ("paroleEligibilityDate", "parole_eligibility_date", "parole-eligibility", False),
    ("actualParoleDate", "actual_parole_date", "approved-parole", True),
    ("homeDetentionCurfewEligibilityDate", "home_detention_curfew_eligibility_date", "curfew-eligibility", False),
    ("homeDetentionCurfewActualDate", "home_detention_curfew_actual_date", "approved-curfew", True),
    ("postRecallReleaseDate", "post_recall_release_date", "post-recall-release", False),
    ("tariffDate", "tariff_date", "tariff", False),
)
"""Field, name, fact, and whether it is a day on which custody ends, which cannot lie before custody start."""
_SEXES = {"MALE": "male", "FEMALE": "female"}


class _Person:
    """One record being read: what it has given and asked so far."""

    __slots__ = ("given", "number", "questions")

    def __init__(self, number: str) -> None:
        self.number = number
        self.given: list[Given] = []
        self.questions: list[Question] = []

    def give(self, fact: str, value: str, effective: str | None = None) -> None:
        if value:
            self.given.append(Given(fact, value, effective))

    def ask(self, about: str, reason: str, evidence: str) -> None:
        """Ask one question about each thing; a second doubt about it joins the first."""
        for index, asked in enumerate(self.questions):
            if asked.about == about:
                reason, evidence = f"{asked.reason} {reason}", f"{asked.evidence}; {evidence}"
                self.questions[index] = Question(self.number, about, reason, evidence)
                return
        self.questions.append(Question(self.number, about, reason, evidence))

    def when(self, field: str, value: object, fact: str) -> When | None:
        """A date field; None where it is not given or its year stands for no date."""
        if value is None:
            return None
        found = fields.when(value) if isinstance(value, str) else None
        if found is not None and found.sense == "date":
            return found
        found = fields.date_field(field, value)
        if found is not None and found.sense == "unlikely":
            reason = "The year of this date cannot be right, so it is left out. What is the date?"
            self.ask(fact, reason, f"{field} {fields.shown(value)}")
        return None

    def flag(self, field: str, value: object, about: str) -> YesNo | None:
        answer = fields.yes_no(value)
        if answer == "unreadable":
            self.ask(about, f"The field {field} says neither yes nor no.", f"{field} {fields.shown(value)}")
            return None
        return answer or None


def read_person(number: str, line: int, record: Record, today: date) -> Extracted:
    """Everything one record gives.

    Args:
        number: its prisoner number, already read.
        line: the line it begins on.
        record: the record.
        today: the day an admission may not be later than.

    Raises:
        BadField: the record is refused, and why.
    """
    person = _Person(number)
    _who(person, record, today)
    codes = _codes(person, record)
    _where(person, record, codes)
    admitted = person.when("lastAdmissionDate", record.last_admission_date, "custody-start")
    received = person.when("receptionDate", record.reception_date, "custody-start")
    for field, found in (("lastAdmissionDate", admitted), ("receptionDate", received)):
        if found and found.day > today:
            raise BadField(field, found.timed, f"this admission is in the future (today is {in_words(today)})")
    start = person.when("sentenceStartDate", record.sentence_start_date, "sentence-start")
    since = start.iso if start and start.day <= today else None
    returned = _returned(admitted, received, start)
    began = admitted or received
    if began:
        person.give("custody-start", began.timed)
        person.give("arrival", began.iso if codes.transferred_in != "yes" else "")
    _statuses(person, record, codes, since, returned)
    _sentence(person, record, codes, start, since)
    _releases(person, record, None if codes.recall.signalled else began, codes.sentenced)
    _recall(person, codes.recall, returned)
    if record.alerts:
        _alerts(person, record.alerts, today)
    present = not codes.died and not fields.code("status", record.status).startswith("INACTIVE")
    if codes.died:
        reason = "The extract records that this person has died. Please confirm it before anything else is recorded."
        person.ask("death", reason, codes.words)
    return Extracted(line, number, tuple(person.given), present, tuple(person.questions))


def _who(person: _Person, record: Record, today: date) -> None:
    surname = fields.text("lastName", record.last_name, 100)
    if not surname:
        raise BadField("lastName", "", "the surname is missing")
    person.give("surname", surname)
    first = fields.common_text("firstName", record.first_name, 100)
    middle = fields.common_text("middleNames", record.middle_names, 100)
    person.give("forenames", f"{first} {middle}".strip())
    person.give("date-of-birth", fields.birth("dateOfBirth", record.date_of_birth, today))
    person.give("sex", _SEXES.get(fields.shown(record.gender).upper(), "") if record.gender is not None else "")


def _codes(person: _Person, record: Record) -> Coded:
    return read_codes(
        fields.code("legalStatus", record.legal_status),
        fields.code("imprisonmentStatus", record.imprisonment_status),
        fields.code("lastMovementTypeCode", record.last_movement_type_code),
        fields.code("lastMovementReasonCode", record.last_movement_reason_code),
        person.flag("recall", record.recall, "recall"),
        person.flag("indeterminateSentence", record.indeterminate_sentence, "sentence-type"),
    )


def _where(person: _Person, record: Record, codes: Coded) -> None:
    person.give("nationality", fields.common_text("nationality", record.nationality, 100))
    person.give("cell", fields.common_text("cellLocation", record.cell_location, 60))
    person.give("status", fields.common_text("status", record.status, 60))
    person.give("movement", codes.movement)
    person.give("transferred-in", codes.transferred_in or "")


def _returned(admitted: When | None, received: When | None, start: When | None) -> str | None:
    """The day of return to custody, if this turns out to be a recall."""
    if admitted:
        return admitted.iso
    return received.iso if received and start and received.day > start.day else None


def _statuses(person: _Person, record: Record, codes: Coded, since: str | None, returned: str | None) -> None:
    imprisonment = fields.code("imprisonmentStatus", record.imprisonment_status)
    if not codes.listed:
        legal = fields.code("legalStatus", record.legal_status)
        person.ask("legal-status", "This legal status is not one we know. Which is it?", f"legal status {legal}")
    serving = since if codes.sentenced else None
    person.give("legal-status", codes.legal, returned if codes.legal_recall else serving)
    person.give("imprisonment-status", imprisonment, returned if codes.status_recall else serving)


def _sentence(person: _Person, record: Record, codes: Coded, start: When | None, since: str | None) -> None:
    if codes.sentence.ask:
        flag = fields.yes_no(record.indeterminate_sentence) or "not given"
        person.ask("sentence-type", codes.sentence.ask, f"indeterminate sentence {flag}; {codes.words}")
    person.give("sentence-type", codes.sentence.type, since)
    person.give("sentence-start", start.iso if start else "", since)
    expiry = person.when("sentenceExpiryDate", record.sentence_expiry_date, "sentence-expiry")
    if expiry and start and expiry.day < start.day:
        reason = f"the sentence expires before it starts ({in_words(start.day)})"
        raise BadField("sentenceExpiryDate", fields.shown(record.sentence_expiry_date), reason)
    licence = person.when("licenceExpiryDate", record.licence_expiry_date, "licence-expiry")
    person.give("sentence-expiry", expiry.iso if expiry else "", since)
    person.give("licence-expiry", licence.iso if licence else "", since)
    person.give("offence", fields.common_text("mostSeriousOffence", record.most_serious_offence, 500), since)


def _releases(person: _Person, record: Record, began: When | None, sentenced: bool) -> None:
    """Every date of release; `began` is None where none of them need lie after it."""
    for field, name, fact, leaving in _RELEASE_DATES:
        value = getattr(record, name)
        if value is None or (found := person.when(field, value, fact)) is None:
            continue
        person.give(fact, found.iso)
        if not leaving or began is None or found.day >= began.day:
            continue
        reason = f"this release date is before custody began on {in_words(began.day)}, and nothing speaks of a recall"
        if sentenced:
            raise BadField(field, fields.shown(value), reason)
        person.ask(fact, f"{reason[0].upper()}{reason[1:]}. Which is right?", f"{field} {fields.shown(value)}")


def _recall(person: _Person, recall: RecallFound, returned: str | None) -> None:
    if recall.ask:
        person.ask("recall", recall.ask, recall.evidence)
    elif recall.value == "no":
        person.give("recall", "no")
    elif recall.value:
        person.give("recall", recall.value, returned)
        person.give("recall-returned", returned or "", returned)
        person.give("recall-days", recall.days, returned)


def _alerts(person: _Person, value: object, today: date) -> None:
    alerts, unread = alerts_of(value, today)
    for fact, meaning, effective in facts_of_alerts(alerts):
        person.give(fact, meaning, effective)
    if unread:
        person.ask("alerts", "Some alerts could not be read and were passed over.", unread)
