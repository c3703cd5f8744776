"""Which passwords are refused."""

import pytest

from db.errors import Invalid
from db.passwords import common, refuse_weak


@pytest.mark.parametrize(
    "password",
    [
        "",
        "ninechars",
        "password123",
        "Password123!",
        "qwertyuiop",
        "QWERTYUIOP1",
        "1234567890",
        "abcdefghij",
        "9876543210",
        "aaaaaaaaaaaa",
        "abababababab",
        "liverpoolfc",
        "offendersupervisor1",
        "Manchester2024",
        "evansevans",
        "Evans123456",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(Invalid) as caught:
        refuse_weak("evansevans" if password == "evansevans" else "evans", password)
    assert caught.value.field == "password"


@pytest.mark.parametrize("password", ["tencharsok", "three words do well", "demonstration", "Zażółć gęślą"])
def test_an_unusual_password_of_ten_characters_is_taken(password: str) -> None:
    refuse_weak("evans", password)


def test_the_list_of_common_passwords_is_there() -> None:
    assert len(common()) > 300
