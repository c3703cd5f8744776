"""What each trouble is called, and the exit status it has."""

import peewee
import pytest

from db import errors


def test_a_full_disk_hidden_behind_a_failed_rollback_is_still_a_full_disk() -> None:
    def surface() -> None:
        try:
            raise peewee.OperationalError(_Coded("database or disk is full", 13))
        except peewee.OperationalError:
            raise peewee.OperationalError("cannot rollback - no transaction is active")  # noqa: B904

    with pytest.raises(peewee.OperationalError) as caught:
        surface()
    assert isinstance(errors.translate(caught.value), errors.DiskFull)


class _Coded(Exception):
    def __init__(self, words: str, code: int) -> None:
        super().__init__(words)
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, errors.RecordBusy),
        (5 | 2 << 8, errors.RecordBusy),
        (6, errors.RecordBusy),
        (8, errors.ReadOnly),
        (10 | 3 << 8, errors.DiskFailed),
        (11, errors.RecordDamaged),
        (13, errors.DiskFull),
        (14, errors.ReadOnly),
        (26, errors.RecordDamaged),
        (9, errors.NotSignedIn),
        (1, errors.OurFault),
    ],
)
def test_each_trouble_of_the_drivers_has_its_own_sentence(code: int, kind: type[errors.RecordError]) -> None:
    told = errors.translate(peewee.OperationalError(_Coded("words", code)))
    assert type(told) is kind


def test_what_is_not_the_databases_fault_is_left_alone() -> None:
    assert errors.translate(ValueError("something else")) is None
    with pytest.raises(ValueError, match="something else"), errors.translating():
        raise ValueError("something else")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.CheckFailed, 1),
        (errors.Invalid, 2),
        (errors.NotFound, 2),
        (errors.Ambiguous, 2),
        (errors.NotAllowed, 3),
        (errors.NotSignedIn, 3),
        (errors.WrongPassword, 3),
        (errors.Stale, 4),
        (errors.RecordMissing, 4),
        (errors.RecordBusy, 4),
        (errors.RecordDamaged, 4),
        (errors.WrongRecord, 4),
        (errors.DiskFull, 4),
        (errors.ReadOnly, 4),
        (errors.OurFault, 70),
    ],
)
def test_each_error_has_the_exit_status_of_the_command_line(kind: type[errors.RecordError], status: int) -> None:
    assert kind.exit_status == status
