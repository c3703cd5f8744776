"""One key slot: the record's key wrapped under a password, and the file the slots stand in.

Password -> Argon2id -> AES-GCM over the record's 32-byte key. What a slot is for and how it was made
are authenticated with it, so slots cannot be exchanged; a checksum tells a damaged slot from a wrong password.
"""

import hashlib
import secrets
from pathlib import Path

import msgspec

from db.errors import RecordDamaged, RecordMissing
from db.files import write_whole
from db.passwords import plain

FORMAT = 1
MOST_MEMORY_KIB = 1024 * 1024
MOST_PASSES = 64
MOST_LANES = 64


class Cost(msgspec.Struct, frozen=True):
    """What Argon2id spends on one try: memory in KiB, passes over it, lanes. Kept in each slot."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


class Slot(msgspec.Struct, frozen=True):
    """The key wrapped under one password. `name` is a hash; bytes are hexadecimal text."""

    name: str
    cost: Cost
    salt: str
    nonce: str
    wrapped: str
    checksum: str = ""


class Slots(msgspec.Struct, frozen=True):
    """The slots file: `salt` names users by hash, `check` knows the key again, `recovery` opens with the code.

    `checksum` is over what all of them share, so that a damaged salt is not taken for a wrong password.
    """

    format: int
    salt: str
    check: str
    recovery: Slot
    users: tuple[Slot, ...]
    checksum: str = ""

    def find(self, name: str) -> Slot | None:
        """The slot of that hashed name."""
        return next((slot for slot in self.users if slot.name == name), None)

    def put(self, slot: Slot) -> "Slots":
        """The same with `slot` added, in place of one of its name if there is one."""
        return msgspec.structs.replace(self, users=(*self.without(slot.name).users, slot))

    def without(self, name: str) -> "Slots":
        """The same without the slot of that hashed name."""
        return msgspec.structs.replace(self, users=tuple(slot for slot in self.users if slot.name != name))


def wrap(key: bytes, name: str, secret: str, cost: Cost) -> Slot:
    """A slot that gives `key` for `secret`; takes as long as `cost` says (about 140 ms as shipped)."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot = Slot(name, cost, secrets.token_hex(16), secrets.token_hex(12), "")
    wrapped = AESGCM(_derive(slot, secret)).encrypt(bytes.fromhex(slot.nonce), key, _bound(slot))
    slot = msgspec.structs.replace(slot, wrapped=wrapped.hex())
    return msgspec.structs.replace(slot, checksum=_checksum(slot))


def unwrap(slot: Slot, secret: str) -> bytes | None:
    """The key, or None if `secret` is not the slot's; RecordDamaged if the slot is not as it was written."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if slot.checksum != _checksum(slot):
        raise RecordDamaged("This key slot is damaged. Use another sign-in or the recovery code, then set it anew.")
    try:
        return AESGCM(_derive(slot, secret)).decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _bound(slot)
        )
    except InvalidTag:
        return None


def load(path: Path) -> Slots:
    """The slots in `path`; RecordMissing if there is no such file, RecordDamaged if it is not one."""
    damaged = f"The key slots in {path} are damaged. Restore the newest good backup; it holds them too."
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise RecordMissing(f"There are no key slots at {path}, so nobody can sign in there.") from None
    try:
        slots = msgspec.json.decode(content, type=Slots)
    except msgspec.DecodeError as error:
        raise RecordDamaged(damaged) from error
    if slots.format != FORMAT:
        raise RecordDamaged(f"The key slots in {path} are of a kind this Wingdesk does not know. Use a newer one.")
    if slots.checksum != _shared_checksum(slots):
        raise RecordDamaged(damaged)
    for slot in (slots.recovery, *slots.users):
        cost = slot.cost
        # A tampered cost must not take all of the machine's memory.
        fits = cost.memory_kib <= MOST_MEMORY_KIB and cost.passes <= MOST_PASSES and cost.lanes <= MOST_LANES
        if not fits or cost.passes < 1 or cost.lanes < 1 or cost.memory_kib < 8 * cost.lanes:
            raise RecordDamaged(damaged)
    return slots


def save(path: Path, slots: Slots) -> None:
    """Replace the slots file, whole or not at all."""
    slots = msgspec.structs.replace(slots, checksum=_shared_checksum(slots))
    write_whole(path, msgspec.json.format(msgspec.json.encode(slots), indent=1) + b"\n")


def _derive(slot: Slot, secret: str) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        plain(secret).encode("utf-8"),
        bytes.fromhex(slot.salt),
        time_cost=slot.cost.passes,
        memory_cost=slot.cost.memory_kib,
        parallelism=slot.cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _bound(slot: Slot) -> bytes:
    return msgspec.json.encode(("wingdesk slot", FORMAT, slot.name, slot.cost, slot.salt))


def _checksum(slot: Slot) -> str:
    return hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(slot, checksum=""))).hexdigest()[:16]


def _shared_checksum(slots: Slots) -> str:
    return hashlib.sha256(msgspec.json.encode((slots.format, slots.salt, slots.check))).hexdigest()[:16]
