"""Reads: each gives frozen rows made for a screen, in a small constant number of queries.

Each is brought in when it is first asked for: the caseload needs no rulebook, and starts faster without.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.staff import staff
    from db.views.case import case_detail
    from db.views.caseload import all_duties, caseload, counts
    from db.views.checklist import checklist, secret_checklist
    from db.views.diary import diary
    from db.views.establishment import (
        asks,
        contact_meets,
        declinable,
        establishment,
        last_day_to_put_off,
        may_waive,
        why_undo,
        wings,
    )
    from db.views.every import every_duty
    from db.views.find import find
    from db.views.intakes import intake_detail, intakes
    from db.views.leaving import leaving, unfollowed
    from db.views.moving import placings, whereabouts_now
    from db.views.plan import plan
    from db.views.screening import groups, screening_form
    from db.views.services import services
    from db.views.trail import trail
    from db.views.waiting import asked, gaps, moved, out_now, to_tell, waits

_WHERE = {
    "db.staff": ("staff",),
    "db.views.case": ("case_detail",),
    "db.views.caseload": ("all_duties", "caseload", "counts"),
    "db.views.checklist": ("checklist", "secret_checklist"),
    "db.views.diary": ("diary",),
    "db.views.establishment": (
        "asks",
        "contact_meets",
        "declinable",
        "establishment",
        "last_day_to_put_off",
        "may_waive",
        "why_undo",
        "wings",
    ),
    "db.views.every": ("every_duty",),
    "db.views.find": ("find",),
    "db.views.plan": ("plan",),
    "db.views.services": ("services",),
    "db.views.leaving": ("leaving", "unfollowed"),
    "db.views.screening": ("groups", "screening_form"),
    "db.views.intakes": ("intake_detail", "intakes"),
    "db.views.moving": ("placings", "whereabouts_now"),
    "db.views.trail": ("trail",),
    "db.views.waiting": ("asked", "gaps", "moved", "out_now", "to_tell", "waits"),
}
_MODULES = {name: module for module, names in _WHERE.items() for name in names}

__all__ = [
    "all_duties",
    "asked",
    "asks",
    "case_detail",
    "caseload",
    "checklist",
    "contact_meets",
    "counts",
    "declinable",
    "diary",
    "establishment",
    "every_duty",
    "find",
    "gaps",
    "groups",
    "intake_detail",
    "intakes",
    "last_day_to_put_off",
    "leaving",
    "may_waive",
    "moved",
    "out_now",
    "placings",
    "plan",
    "screening_form",
    "secret_checklist",
    "services",
    "staff",
    "to_tell",
    "trail",
    "unfollowed",
    "waits",
    "whereabouts_now",
    "why_undo",
    "wings",
]


def __getattr__(name: str) -> Any:
    """One of the reads, from its module."""
    if name not in _MODULES:
        raise AttributeError(f"db.views has no {name}")
    return getattr(import_module(_MODULES[name]), name)


class _Reads(ModuleType):
    """This package. Several reads are called like the module they are in, and importing that would take their place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Reads
