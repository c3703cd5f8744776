"""The tier that orders the list: resources follow risk.

Source: rulebook.md, Scope and tier; RRDP ch. 2-3. 1 punish, 2 help, 3 change, 4 control. High or
very high RoSH, or PPO, means 4; where the assessed tier is lower the conflict is shown and the
higher one orders the list. Not known sorts right after 4: not knowing is a risk.
"""

from policy.reading import Reading
from policy.scope import HIGH

NAMES = {1: "punish", 2: "help", 3: "change", 4: "control"}
_ORDER = {4: 0, None: 1, 3: 2, 2: 3, 1: 4}


def tier(reading: Reading) -> int | None:
    """The tier that orders the list, None where it is not known."""
    if reading.ask("rosh").value in HIGH or reading.ask("ppo").value == "yes":
        return 4
    assessed = reading.ask("tier").value
    return int(str(assessed)) if assessed is not None else None


def conflict(reading: Reading) -> str:
    """What to say where the assessed tier is lower than risk requires; empty where they agree."""
    assessed = reading.ask("tier").value
    if assessed is None or assessed == "4" or tier(reading) != 4:
        return ""
    reason = "PPO" if reading.ask("rosh").value not in HIGH else "risk of serious harm"
    return f"Assessed as tier {assessed}, but {reason} requires tier 4; tier 4 orders the list."


def order(value: int | None) -> int:
    """Where a tier stands in the order: 4, not known, 3, 2, 1."""
    return _ORDER[value]
