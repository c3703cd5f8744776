"""The tables of the record, the same on SQLite and PostgreSQL.

`Entry` holds everything people record and is append-only; `Audit` says who did what; `Duty`, `Standing`
and `Staff` are derived and can be rebuilt; `Draft` is personal and mutable; `Meta` describes the record.
Dates, local date-times and UTC stamps are ISO text, so that both databases order and compare them alike.

Changing a model needs a migration: a test compares what the migrations build with what stands here.
"""

from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    DatabaseProxy,
    IntegerField,
    Model,
    TextField,
)

PROXY = DatabaseProxy()
NEVER = "9999-12-31"  # stands for no such day, so that days compare and sort alike on every database


class Base(Model):
    """Binds every model to whichever record is open."""

    class Meta:
        """Peewee's options."""

        database = PROXY
        legacy_table_names = False


class Entry(Base):
    """One row of the append-only record: a fact, an event, a decision, a setting, or taking one back."""

    id = TextField(primary_key=True)
    case = TextField(null=True)
    kind = TextField()
    key = TextField(default="")
    effective = TextField()
    day = TextField()
    recorded = TextField()
    by = TextField()
    terminal = TextField()
    source = TextField()
    replaces = TextField(null=True, unique=True)
    withdrawn = BooleanField(default=False)
    command = TextField()
    payload = TextField()
    restricted = BooleanField(default=False)

    class Meta:
        """By case (or none) for its story; by command for undo and for checking the audit digest."""

        table_name = "entry"
        indexes = ((("case", "kind", "key"), False), (("command", "id"), False))


class Audit(Base):
    """One line of the audit trail, chained to the one before it from the same terminal (db.audit)."""

    id = AutoField()
    terminal = TextField()
    seq = IntegerField()
    prev = TextField()
    seen = TextField()
    at = TextField()
    day = TextField()
    who = TextField()
    verb = TextField()
    case = TextField(null=True)
    command = TextField(null=True)
    digest = TextField()
    rows = IntegerField()
    restricted = BooleanField()
    detail = TextField()
    hash = TextField()

    class Meta:
        """Dense by terminal. No other index: every command pays for each, and the trail is seldom read."""

        table_name = "audit"
        indexes = ((("terminal", "seq"), True),)


class Draft(Base):
    """A form somebody was filling in; one for each user, route and case ("" where there is none)."""

    id = TextField(primary_key=True)
    user = TextField()
    route = TextField()
    case = TextField(default="")
    payload = TextField()
    saved = TextField()

    class Meta:
        """One draft of one form."""

        table_name = "draft"
        indexes = ((("user", "route", "case"), True),)


class Duty(Base):
    """One duty of one case, in absolute dates; rewritten whenever the case's record or the rulebook changes."""

    case = TextField()
    duty = TextField()
    key = TextField(default="")
    title = TextField()
    discreet_title = TextField()
    owner = TextField()
    force = TextField()
    figure = TextField()
    opens = TextField(null=True)
    due = TextField(null=True)
    base = TextField()
    why = TextField()
    source = TextField()
    short_notice = BooleanField(default=False)
    last_working_day = TextField(null=True)
    deferred_to = TextField(null=True)
    restricted = BooleanField(default=False)
    met_on = TextField(null=True)
    missing = TextField(default="")

    class Meta:
        """Its key begins with the case."""

        table_name = "duty"
        primary_key = CompositeKey("case", "duty", "key")


class Standing(Base):
    """One row a case: everything the caseload shows, sorts by and filters by; rewritten with its duties."""

    number = TextField(primary_key=True)
    surname = TextField()
    forenames = TextField()
    find = TextField()
    cell = TextField(default="")
    wing = TextField(default="")
    place = TextField(default="")
    supervisor = TextField(null=True)
    tier = IntegerField(null=True)
    tier_order = IntegerField()
    rosh = TextField(null=True)
    flags = TextField(default="")
    last_seen = TextField(default="")
    release_date = TextField(null=True)
    release_kind = TextField(default="")
    scope = TextField()
    limb = TextField(default="")
    present = BooleanField(default=True)
    left_on = TextField(default="")
    recall = TextField(null=True)
    safety_due = TextField(default=NEVER)
    mandatory_due = TextField(default=NEVER)
    expected_due = TextField(default=NEVER)
    local_due = TextField(default=NEVER)
    rest_rank = IntegerField(default=9)
    rest_force = IntegerField(default=9)
    rest_due = TextField(default=NEVER)
    assessed = TextField(default="")
    digest = TextField(default="")
    recheck_on = TextField(default=NEVER)
    missing = TextField(default="{}")

    class Meta:
        """One index for each part of the caseload's order; plain ones for what narrows it to a few hundred rows."""

        table_name = "standing"
        indexes = (
            (("present", "tier_order", "safety_due", "last_seen", "number"), False),
            (("present", "tier_order", "mandatory_due", "last_seen", "number"), False),
            (("present", "tier_order", "expected_due", "last_seen", "number"), False),
            (("present", "tier_order", "local_due", "last_seen", "number"), False),
            (("present", "rest_rank", "tier_order", "rest_force", "rest_due", "last_seen", "number"), False),
            (("supervisor",), False),
            (("wing",), False),
            (("recheck_on",), False),
            (("assessed",), False),
            (("digest",), False),
            (("find",), False),
        )


class Staff(Base):
    """Current staff: who holds cases, and what those who sign in may do (`role` is null for staff who never do)."""

    id = TextField(primary_key=True)
    name = TextField()
    find = TextField(default="")
    post = TextField(default="")
    role = TextField(null=True)
    wing = TextField(default="")
    active = BooleanField(default=True)

    class Meta:
        """Looked for by name."""

        table_name = "staff"
        indexes = ((("find",), False),)


class Meta(Base):
    """What the record says of itself: its id, establishment, code, when it was made."""

    name = TextField(primary_key=True)
    value = TextField()

    class Meta:
        """Peewee's options."""

        table_name = "meta"


MODELS: tuple[type[Base], ...] = (Entry, Audit, Draft, Duty, Standing, Staff, Meta)
