"""Version 1: the tables as first released. A frozen copy, so that later models cannot change what it builds."""

from typing import Any

from peewee import BooleanField, CompositeKey, IntegerField, Model, TextField


def up(migrator: Any, db: Any) -> None:
    """Every table of version 1."""

    class Audit(Model):
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
            database = db
            table_name = "audit"
            indexes = ((("terminal", "seq"), True),)

    db.create_tables([Audit])

    class Draft(Model):
        id = TextField(primary_key=True)
        user = TextField()
        route = TextField()
        case = TextField(default="")
        payload = TextField()
        saved = TextField()

        class Meta:
            database = db
            table_name = "draft"
            indexes = ((("user", "route", "case"), True),)

    db.create_tables([Draft])

    class Duty(Model):
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
            database = db
            table_name = "duty"
            primary_key = CompositeKey("case", "duty", "key")

    db.create_tables([Duty])

    class Entry(Model):
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
        replaces = TextField(unique=True, null=True)
        withdrawn = BooleanField(default=False)
        command = TextField()
        payload = TextField()
        restricted = BooleanField(default=False)

        class Meta:
            database = db
            table_name = "entry"
            indexes = ((("case", "kind", "key"), False), (("command", "id"), False))

    db.create_tables([Entry])

    class Meta(Model):
        name = TextField(primary_key=True)
        value = TextField()

        class Meta:
            database = db
            table_name = "meta"

    db.create_tables([Meta])

    class Staff(Model):
        id = TextField(primary_key=True)
        name = TextField()
        find = TextField(default="")
        post = TextField(default="")
        role = TextField(null=True)
        wing = TextField(default="")
        active = BooleanField(default=True)

        class Meta:
            database = db
            table_name = "staff"
            indexes = ((("find",), False),)

    db.create_tables([Staff])

    class Standing(Model):
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
        safety_due = TextField(default="9999-12-31")
        mandatory_due = TextField(default="9999-12-31")
        expected_due = TextField(default="9999-12-31")
        local_due = TextField(default="9999-12-31")
        rest_rank = IntegerField(default=9)
        rest_force = IntegerField(default=9)
        rest_due = TextField(default="9999-12-31")
        assessed = TextField(default="")
        digest = TextField(default="")
        recheck_on = TextField(default="9999-12-31")
        missing = TextField(default="{}")

        class Meta:
            database = db
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

    db.create_tables([Standing])
