"""Key slots: who can open a record, and what a failed try costs."""

import json
from pathlib import Path

import pytest

from db import keyring as module
from db.errors import (
    AlreadyThere,
    Invalid,
    NotFound,
    RecordDamaged,
    RecordMissing,
    WrongKey,
    WrongPassword,
)
from db.keyring import Keyring
from db.slots import Cost

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
PASSWORD = "three words do well"
OTHER = "four words do better"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ring(tmp_path: Path, clock: Clock) -> Keyring:
    return Keyring(tmp_path / "record", cost=CHEAP, clock=clock)


def fail(ring: Keyring, times: int, user: str = "lyn") -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            ring.unlock(user, "not the password")


def edit(path: Path, change: dict[str, object], *, slot: int | None = None) -> None:
    content = json.loads(path.read_text())
    (content if slot is None else content["users"][slot]).update(change)
    path.write_text(json.dumps(content))


def test_the_password_gives_the_key_the_slots_were_made_with(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    assert len(key) == 32
    assert ring.unlock("lyn", PASSWORD) == key


def test_a_user_name_is_known_in_any_case_and_spacing(ring: Keyring) -> None:
    key, _ = ring.create("Lyn Évans", PASSWORD)
    assert ring.unlock("  lyn e\u0301VANS ", PASSWORD) == key


def test_every_record_gets_a_key_of_its_own(tmp_path: Path) -> None:
    keys = {Keyring(tmp_path / name, cost=CHEAP).create("lyn", PASSWORD)[0] for name in "abc"}
    assert len(keys) == 3


def test_the_recovery_code_opens_in_lower_case_and_without_hyphens(ring: Keyring) -> None:
    key, code = ring.create("lyn", PASSWORD)
    assert ring.recover(code.lower().replace("-", " ")) == key


def test_the_recovery_code_is_eight_groups_of_four_without_look_alikes() -> None:
    groups = module.new_code().split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert not set("".join(groups)) & set("01OILU")


def test_a_wrong_recovery_code_opens_nothing(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    with pytest.raises(WrongPassword):
        ring.recover(module.new_code())


def test_a_new_recovery_code_makes_the_old_one_useless(ring: Keyring) -> None:
    key, old = ring.create("lyn", PASSWORD)
    new = ring.new_recovery(key)
    assert ring.recover(new) == key
    with pytest.raises(WrongPassword):
        ring.recover(old)


def test_the_file_names_nobody_in_clear(ring: Keyring, tmp_path: Path) -> None:
    key, code = ring.create("evans", PASSWORD)
    content = (tmp_path / "record" / "keys.json").read_text().casefold()
    for secret in ("evans", PASSWORD, key.hex(), code.casefold(), code.casefold().replace("-", "")):
        assert secret not in content


def test_the_same_user_is_named_differently_in_another_record(tmp_path: Path) -> None:
    names = set()
    for place in "ab":
        Keyring(tmp_path / place, cost=CHEAP).create("lyn", PASSWORD)
        names.add(json.loads((tmp_path / place / "keys.json").read_text())["users"][0]["name"])
    assert len(names) == 2


@pytest.mark.parametrize("name", ["keys.json", "tries.json"])
def test_only_its_owner_may_read_the_file(ring: Keyring, tmp_path: Path, name: str) -> None:
    ring.create("lyn", PASSWORD)
    fail(ring, 1)
    assert (tmp_path / "record" / name).stat().st_mode & 0o777 == 0o600


def test_a_directory_made_for_the_slots_is_its_owners_alone(ring: Keyring, tmp_path: Path) -> None:
    ring.create("lyn", PASSWORD)
    assert (tmp_path / "record").stat().st_mode & 0o777 == 0o700


def test_what_a_slot_cost_is_kept_in_it(ring: Keyring, tmp_path: Path) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    dearer = Keyring(tmp_path / "record", cost=Cost(memory_kib=16, passes=2, lanes=1))
    dearer.add(key, "sam", OTHER)
    assert ring.unlock("sam", OTHER) == key
    kept = json.loads((tmp_path / "record" / "keys.json").read_text())["users"]
    assert [slot["cost"]["passes"] for slot in kept] == [1, 2]


def test_a_slot_costs_64_mib_three_passes_and_four_lanes_unless_told(tmp_path: Path) -> None:
    Keyring(tmp_path).create("lyn", PASSWORD)
    kept = json.loads((tmp_path / "keys.json").read_text())
    wanted = {"memory_kib": 64 * 1024, "passes": 3, "lanes": 4}
    assert [slot["cost"] for slot in (kept["recovery"], *kept["users"])] == [wanted, wanted]


def test_an_added_user_opens_the_same_record(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    ring.add(key, "sam", OTHER)
    assert ring.unlock("sam", OTHER) == ring.unlock("lyn", PASSWORD) == key


def test_a_user_cannot_be_added_twice(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    with pytest.raises(AlreadyThere):
        ring.add(key, "LYN", OTHER)


def test_a_user_cannot_be_added_with_another_records_key(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    with pytest.raises(WrongKey):
        ring.add(b"k" * 32, "sam", OTHER)
    assert not ring.knows("sam")


def test_a_removed_user_opens_nothing(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    ring.add(key, "sam", OTHER)
    ring.remove("sam")
    with pytest.raises(WrongPassword):
        ring.unlock("sam", OTHER)
    assert ring.unlock("lyn", PASSWORD) == key


def test_the_last_sign_in_cannot_be_removed(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    with pytest.raises(Invalid, match="last sign-in"):
        ring.remove("lyn")
    assert ring.knows("lyn")


def test_removing_somebody_who_is_not_there_says_so(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    with pytest.raises(NotFound):
        ring.remove("sam")


def test_a_changed_password_replaces_the_old_one(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    ring.change_password("lyn", PASSWORD, OTHER)
    assert ring.unlock("lyn", OTHER) == key
    with pytest.raises(WrongPassword):
        ring.unlock("lyn", PASSWORD)


def test_a_password_is_not_changed_without_the_old_one(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    with pytest.raises(WrongPassword):
        ring.change_password("lyn", "not the password", OTHER)
    assert ring.unlock("lyn", PASSWORD) == key


def test_a_password_is_not_changed_to_itself(ring: Keyring) -> None:
    ring.create("lyn", PASSWORD)
    with pytest.raises(Invalid, match="old one"):
        ring.change_password("lyn", PASSWORD, PASSWORD)


def test_a_reset_ends_the_wait_of_that_user(ring: Keyring) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    fail(ring, 3)
    ring.set_password(key, "lyn", OTHER)
    assert ring.unlock("lyn", OTHER) == key


def test_slots_are_not_made_over_a_record(ring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "record.db").write_bytes(b"something")
    with pytest.raises(AlreadyThere):
        ring.create("lyn", PASSWORD)


def test_slots_left_by_an_init_that_was_killed_are_made_again(ring: Keyring) -> None:
    first, _ = ring.create("lyn", PASSWORD)
    second, _ = ring.create("lyn", PASSWORD)
    assert ring.unlock("lyn", PASSWORD) == second != first


def test_a_user_needs_a_name(ring: Keyring) -> None:
    with pytest.raises(Invalid, match="name"):
        ring.create("  ", PASSWORD)


def test_the_same_characters_in_another_unicode_form_are_the_same_password(ring: Keyring) -> None:
    key, _ = ring.create("lyn", "caf\u00e9 au lait")
    assert ring.unlock("lyn", "cafe\u0301 au lait") == key


def test_a_weak_password_writes_no_slots(ring: Keyring, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        ring.create("lyn", "password123")
    assert not (tmp_path / "record").exists()


def test_no_slots_at_all_is_a_missing_record(ring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "record").mkdir()
    with pytest.raises(RecordMissing):
        ring.unlock("lyn", PASSWORD)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\x00" * 40, b'{"format": 1}', b'"\xff"'])
def test_a_spoilt_slots_file_is_damage(ring: Keyring, tmp_path: Path, content: bytes) -> None:
    ring.create("lyn", PASSWORD)
    (tmp_path / "record" / "keys.json").write_bytes(content)
    with pytest.raises(RecordDamaged):
        ring.unlock("lyn", PASSWORD)


@pytest.mark.parametrize("field", ["salt", "nonce", "wrapped", "checksum"])
@pytest.mark.parametrize("value", ["00" * 16, "not hexadecimal"])
def test_a_spoilt_slot_is_damage_and_not_a_wrong_password(
    ring: Keyring, tmp_path: Path, field: str, value: str
) -> None:
    ring.create("lyn", PASSWORD)
    edit(tmp_path / "record" / "keys.json", {field: value}, slot=0)
    with pytest.raises(RecordDamaged):
        ring.unlock("lyn", PASSWORD)


@pytest.mark.parametrize("value", ["00" * 16, "not hexadecimal"])
def test_a_spoilt_salt_of_the_names_is_damage_and_not_a_stranger(ring: Keyring, tmp_path: Path, value: str) -> None:
    ring.create("lyn", PASSWORD)
    edit(tmp_path / "record" / "keys.json", {"salt": value})
    with pytest.raises(RecordDamaged):
        ring.unlock("lyn", PASSWORD)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 2**40, "passes": 1, "lanes": 1},
        {"memory_kib": 8, "passes": 10**9, "lanes": 1},
        {"memory_kib": 8, "passes": 0, "lanes": 1},
        {"memory_kib": 8, "passes": 1, "lanes": 4},
    ],
)
def test_a_cost_no_slot_was_made_with_is_damage(ring: Keyring, tmp_path: Path, cost: dict[str, int]) -> None:
    ring.create("lyn", PASSWORD)
    edit(tmp_path / "record" / "keys.json", {"cost": cost}, slot=0)
    with pytest.raises(RecordDamaged):
        ring.unlock("lyn", PASSWORD)


def test_a_slot_cannot_be_given_to_another_user(ring: Keyring, tmp_path: Path) -> None:
    key, _ = ring.create("lyn", PASSWORD)
    ring.add(key, "sam", OTHER)
    path = tmp_path / "record" / "keys.json"
    names = [slot["name"] for slot in json.loads(path.read_text())["users"]]
    edit(path, {"name": names[1]}, slot=0)
    with pytest.raises(RecordDamaged):
        ring.unlock("sam", PASSWORD)


def test_one_damaged_slot_keeps_nobody_else_out(ring: Keyring, tmp_path: Path) -> None:
    key, code = ring.create("lyn", PASSWORD)
    ring.add(key, "sam", OTHER)
    edit(tmp_path / "record" / "keys.json", {"salt": "00" * 16}, slot=0)
    assert ring.unlock("sam", OTHER) == ring.recover(code) == key


def test_slots_of_a_later_kind_ask_for_a_newer_program(ring: Keyring, tmp_path: Path) -> None:
    ring.create("lyn", PASSWORD)
    edit(tmp_path / "record" / "keys.json", {"format": 2})
    with pytest.raises(RecordDamaged, match="newer"):
        ring.unlock("lyn", PASSWORD)
