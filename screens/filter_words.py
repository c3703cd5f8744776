"""Which cases the caseload shows: as text that survives the lock, and in words."""

from typing import Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlencode

from db.rows import Actor, Filter, Role, State
from widgets.words import state_words


@runtime_checkable
class Narrows(Protocol):
    """A room whose list a filter can narrow."""

    def narrow(self, wanted: Filter) -> None:
        """Show these cases from now on."""


def home(actor: Actor) -> Filter:
    """What a user's caseload begins with: a supervisor's own cases, anybody else's all."""
    return Filter("mine" if actor.role is Role.SUPERVISOR else "all")


def encode(wanted: Filter) -> str:
    """The filter as a short text without anybody's name."""
    parts = {
        "who": wanted.who,
        "supervisor": wanted.supervisor,
        "wing": wanted.wing,
        "states": ",".join(wanted.states),
        "duty": wanted.duty,
        "tier": "?" if wanted.tier_unknown else "" if wanted.tier is None else str(wanted.tier),
        "recalled": "yes" if wanted.recalled else "",
        "unseen": "yes" if wanted.unseen else "",
    }
    return urlencode({name: value for name, value in parts.items() if value})


def decode(text: str, otherwise: Filter) -> Filter:
    """The filter a text stands for; `otherwise` where there is none."""
    if not text:
        return otherwise
    parts = dict(parse_qsl(text))
    tier = parts.get("tier", "")
    return Filter(
        parts.get("who", otherwise.who),
        parts.get("supervisor", ""),
        parts.get("wing", ""),
        tuple(State(state) for state in parts.get("states", "").split(",") if state),
        parts.get("duty", ""),
        int(tier) if tier.isdigit() else None,
        tier == "?",
        "recalled" in parts,
        "unseen" in parts,
    )


def whose(wanted: Filter) -> str:
    """Whose cases they are, as the first word of the summary: `Mine`, `B wing`, `All`."""
    if wanted.who == "mine":
        return f"Mine on {wanted.wing}" if wanted.wing else "Mine"
    if wanted.wing:
        return f"{wanted.wing} wing"
    return "All"


def narrowed(wanted: Filter, duty_title: str = "") -> str:
    """What else the filter asks, with commas between; nothing where it asks nothing else."""
    words = [state_words(state) for state in wanted.states]
    if wanted.duty:
        words.append(duty_title or wanted.duty)
    if wanted.tier_unknown:
        words.append("tier not known")
    elif wanted.tier is not None:
        words.append(f"tier {wanted.tier}")
    if wanted.recalled:
        words.append("recalled")
    if wanted.unseen:
        words.append("not seen for 60 days")
    return ", ".join(words)
