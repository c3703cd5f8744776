"""Who can open the record: a random key, wrapped once for each user and once under the recovery code.

A password change, a new user or a leaver re-encrypts nothing and reveals nothing. Users are named in the
file by hash only. Nothing here sleeps: a delay is raised as TooSoon with its seconds.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from db import slots, tries
from db.errors import AlreadyThere, Invalid, NotFound, WrongKey, WrongPassword, translating
from db.files import Layout, one_at_a_time, private_directory, settle
from db.keycheck import belongs, check_of
from db.passwords import plain, refuse_weak
from db.slots import FORMAT, Cost, Slot, Slots, load, save

PRODUCTION = Cost()
# No 0 O 1 I L U: nothing that reads like another, or spells what nobody wants to read out.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 8, 4
RECOVERY = "recovery"
STRANGER = "stranger"

REFUSED = "That user name and password do not open this record."


class Keyring:
    """The key slots in `directory`. Failed tries are counted in `tries_in` (default: the same directory)."""

    def __init__(
        self,
        directory: Path,
        *,
        cost: Cost = PRODUCTION,
        tries_in: Path | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._layout = Layout(directory)
        self._tries = Layout(tries_in or directory).tries
        self._cost = cost
        self._clock = clock

    def create(self, user: str, password: str) -> tuple[bytes, str]:
        """Make the slots of a new record, with its first user. Gives the key and the recovery code, shown once.

        Raises AlreadyThere if a record stands here, Invalid for a weak password or an empty name.
        """
        with translating():
            if self._layout.record.exists():
                raise AlreadyThere(f"There is a record in {self._layout.directory} already.")
            _refuse_nameless(user)
            refuse_weak(user, password)
            private_directory(self._layout.directory)
            key, code = secrets.token_bytes(32), new_code()
            salt = secrets.token_hex(16)
            first = slots.wrap(key, hashed(salt, user), password, self._cost)
            recovery = slots.wrap(key, RECOVERY, _tidy(code), self._cost)
            save(self._layout.keys, Slots(FORMAT, salt, check_of(key), recovery, (first,)))
            return key, code

    def exists(self) -> bool:
        """Whether there are slots here at all."""
        settle(self._layout.directory)
        return self._layout.keys.exists()

    def knows(self, user: str) -> bool:
        """Whether `user` has a slot."""
        with translating():
            kept = self._load()
            return kept.find(hashed(kept.salt, user)) is not None

    def unlock(self, user: str, password: str) -> bytes:
        """The key of the record.

        Raises WrongPassword (a stranger and a wrong password alike, in the same time), TooSoon with the seconds
        to wait, RecordMissing, RecordDamaged (never for a wrong password), ReadOnly or DiskFull if the try
        cannot be counted.
        """
        with translating():
            kept = self._load()
            slot = kept.find(hashed(kept.salt, user))
            # Strangers share one count and the recovery slot's work: neither time nor file tells who exists.
            return self._try(slot or kept.recovery, slot.name if slot else STRANGER, password, real=slot is not None)

    def failures(self, user: str) -> int:
        """How many tries to sign in as `user` have failed since the last that did not."""
        with translating():
            return tries.failed(self._tries, hashed(self._load().salt, user))

    def recover(self, code: str) -> bytes:
        """The key of the record, for the recovery code in any spacing or case. Raises as `unlock`."""
        with translating():
            return self._try(self._load().recovery, RECOVERY, _tidy(code), real=True)

    def add(self, key: bytes, user: str, password: str) -> None:
        """Give `user` a slot. AlreadyThere if there is one, Invalid for a weak password, WrongKey."""
        with translating():
            if self.knows(user):
                raise AlreadyThere(f"{user} can sign in already.", "user")
            self.set_password(key, user, password)

    def set_password(self, key: bytes, user: str, password: str) -> None:
        """Write the slot of `user` anew, whether there was one or not (a reset). Invalid, WrongKey."""
        with translating():
            _refuse_nameless(user)
            refuse_weak(user, password)
            self._refuse_other(key)
            name = hashed(self._load().salt, user)
            slot = slots.wrap(key, name, password, self._cost)
            self._change(lambda kept: kept.put(slot))
            tries.succeeded(self._tries, name)

    def change_password(self, user: str, old: str, new: str) -> None:
        """Exchange the user's own password. Raises as `unlock` for the old one, Invalid for the new one."""
        with translating():
            refuse_weak(user, new)
            if plain(old) == plain(new):
                raise Invalid("The new password is the old one.", "password")
            self.set_password(self.unlock(user, old), user, new)

    def remove(self, user: str) -> None:
        """Take the slot of `user` away. NotFound if there is none, Invalid for the last one."""
        with translating():
            kept = self._load()
            name = hashed(kept.salt, user)
            if kept.find(name) is None:
                raise NotFound(f"{user} has no sign-in here.", "user")
            self._change(lambda now: _not_the_last(now.without(name)))

    def new_recovery(self, key: bytes) -> str:
        """Write the recovery slot anew; the old code opens nothing any more. Gives the code, shown once. WrongKey."""
        with translating():
            self._refuse_other(key)
            code = new_code()
            slot = slots.wrap(key, RECOVERY, _tidy(code), self._cost)
            self._change(lambda kept: Slots(kept.format, kept.salt, kept.check, slot, kept.users))
            return code

    def _try(self, slot: Slot, name: str, secret: str, *, real: bool) -> bytes:
        tries.begin(self._tries, name, self._clock())
        key = slots.unwrap(slot, secret)
        if key is None or not real:
            raise WrongPassword(REFUSED)
        tries.succeeded(self._tries, name)
        return key

    def _load(self) -> Slots:
        settle(self._layout.directory)
        return load(self._layout.keys)

    def _change(self, change: Callable[[Slots], Slots]) -> None:
        # Argon2 is over by now, so the lock is held for milliseconds.
        with one_at_a_time(self._layout.keys.with_suffix(".lock")):
            save(self._layout.keys, change(self._load()))

    def _refuse_other(self, key: bytes) -> None:
        if not belongs(self._layout.keys, key):
            raise WrongKey("This is not the key of this record; no slot was written.")


def hashed(salt: str, user: str) -> str:
    """How the slots name `user`: a hash of the name in one form (NFKC, case-folded, trimmed), salted by file."""
    name = plain(user).casefold().strip()
    return hmac.new(bytes.fromhex(salt), name.encode("utf-8"), hashlib.sha256).hexdigest()


def new_code() -> str:
    """A recovery code: 8 groups of 4 characters, about 157 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def _tidy(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _refuse_nameless(user: str) -> None:
    if not plain(user).strip():
        raise Invalid("A user needs a name.", "user")


def _not_the_last(kept: Slots) -> Slots:
    if not kept.users:
        raise Invalid("This is the last sign-in; add another before removing it.", "user")
    return kept
