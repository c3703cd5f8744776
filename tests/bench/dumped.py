"""Unlocks a record with a password and dumps the caseload's rows as JSON: what `triage` is measured against.

Argon2id, AES-GCM, the driver, two statements, `json.dumps`; no order, no words, no type. Arguments: directory,
user. The password comes from the file WINGDESK_PASSWORD_FILE names.
"""

import hashlib
import hmac
import json
import os
import sys
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlcipher3 import dbapi2 as driver


def unlock(keys: Path, user: str, password: str) -> bytes:
    """The record's key, from the slot of this user."""
    slots = json.loads(keys.read_bytes())
    name = hmac.new(bytes.fromhex(slots["salt"]), user.encode(), hashlib.sha256).hexdigest()
    slot = next(one for one in slots["users"] if one["name"] == name)
    cost = slot["cost"]
    secret = hash_secret_raw(
        password.encode(),
        bytes.fromhex(slot["salt"]),
        time_cost=cost["passes"],
        memory_cost=cost["memory_kib"],
        parallelism=cost["lanes"],
        hash_len=32,
        type=Type.ID,
    )
    bound = json.dumps(["wingdesk slot", slots["format"], name, cost, slot["salt"]], separators=(",", ":")).encode()
    return AESGCM(secret).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), bound)


def main() -> None:
    """Unlock, read, dump."""
    directory, user = Path(sys.argv[1]), sys.argv[2]
    password = Path(os.environ["WINGDESK_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    key = unlock(directory / "keys.json", user, password)
    connection = driver.connect(str(directory / "record.db"))
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.row_factory = driver.Row
    cases = {row["number"]: {**dict(row), "duties": []} for row in connection.execute(
        "SELECT number, surname, forenames, cell, wing, place, supervisor, tier, rosh, flags, last_seen, release_date,"
        " scope, limb, missing FROM standing WHERE present")}  # fmt: skip
    for row in connection.execute(
        'SELECT "case", duty, key, title, owner, force, figure, opens, due, base, short_notice, last_working_day, why,'
        " source, deferred_to FROM duty WHERE base IN ('live', 'safety', 'unknown')"
    ):
        case = cases.get(row["case"])
        if case is not None:
            case["duties"].append(dict(row))
    sys.stdout.write(json.dumps({"cases": list(cases.values())}))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
