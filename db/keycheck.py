"""Does a key belong to these key slots? Told without any cryptography package, so that opening stays quick."""

import hashlib
import hmac
from pathlib import Path

import msgspec

PURPOSE = b"wingdesk record key"


class _Check(msgspec.Struct):
    check: str = ""


def check_of(key: bytes) -> str:
    """What the slots keep of a key to know it again; tells nothing else of it."""
    return hmac.new(key, PURPOSE, hashlib.sha256).hexdigest()


def belongs(keys: Path, key: bytes) -> bool | None:
    """Whether `key` is that of the slots in `keys`; None where there are none to ask, or they cannot be read."""
    try:
        kept = msgspec.json.decode(keys.read_bytes(), type=_Check).check
    except (OSError, msgspec.DecodeError):
        return None
    return hmac.compare_digest(kept, check_of(key)) if kept else None
