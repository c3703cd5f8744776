"""The courses of the Virtual Campus, and the outputs of PSI 04/2015 that services serve.

Source: TTG Annex B; rulebook.md, Cohorts (the numbering of the outputs).
"""

from collections.abc import Mapping
from functools import cache

import msgspec

from policy.schema import read_toml, shipped

OUTPUTS = range(1, 19)
"""PSI 04/2015: 1–7 and 12 the prison's, 8–11, 13, 14 the provider's, 15–18 additional."""
STALE_DAYS = 90
"""A service last checked so long ago, or never, is flagged."""


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One course of the Virtual Campus; the head of `services.toml` says what the keys mean."""

    title: str
    about: str
    path: str
    pathway: str


@cache
def courses() -> Mapping[str, Course]:
    """Every course by id, in the order of the source."""
    return read_toml(shipped("services.toml"), dict[str, Course], "services.toml")
