"""Who may do what: the one table, used by commands, views, screens and help (record.md, Staff, users, roles)."""

from collections.abc import Mapping

from db.errors import NotAllowed
from db.rows import Actor, Role

_OS, _CA, _MAN, _INS = Role.SUPERVISOR, Role.ADMINISTRATOR, Role.MANAGER, Role.INSPECTOR

MAY: Mapping[str, frozenset[Role]] = {
    "read": frozenset({_OS, _CA, _MAN, _INS}),
    "work": frozenset({_OS, _CA, _MAN}),  # log, meet, defer, not required; the administrator for duties they own
    "plan": frozenset({_OS, _MAN}),  # the sentence plan and what shapes it
    "waive-set": frozenset({_MAN}),  # not required on a mandatory or set duty
    "facts": frozenset({_OS, _CA, _MAN}),  # the supervisor for their own cases
    "intake": frozenset({_CA, _MAN}),
    "moves": frozenset({_CA, _MAN}),  # receptions, moves, releases; who is the same person; answers to extracts
    "allocate": frozenset({_MAN}),
    "scope": frozenset({_MAN}),  # a local extension of scope
    "overrides": frozenset({_MAN}),
    "users": frozenset({_MAN}),
    "restore": frozenset({_MAN}),
    "print": frozenset({_OS, _CA, _MAN, _INS}),
    "audit": frozenset({_OS, _CA, _MAN, _INS}),  # one's own entries
    "audit-of-all": frozenset({_MAN, _INS}),
    "audit-restricted": frozenset({_MAN}),  # that something need-to-know was read or changed
    "look-after": frozenset({_OS, _CA, _MAN, _INS}),  # verify, backup
}
_WHO = {_OS: "an offender supervisor", _CA: "a case administrator", _MAN: "the manager", _INS: "an inspector"}
_SAID = {
    "work": "record work on a case",
    "plan": "work on a sentence plan",
    "waive-set": "find a mandatory or set duty not required",
    "facts": "record facts",
    "intake": "take in an extract",
    "moves": "record receptions, moves and releases",
    "allocate": "name a supervisor",
    "scope": "decide on a local extension of scope",
    "overrides": "change the establishment's figures",
    "users": "look after users",
    "restore": "restore a backup",
}


def may(actor: Actor, what: str) -> bool:
    """Whether this role may do it at all."""
    return actor.role in MAY[what]


def check(actor: Actor, what: str) -> None:
    """Refuse, in a sentence, what this role may not do. Raises NotAllowed."""
    if not may(actor, what):
        who = " or ".join(_WHO[role] for role in Role if role in MAY[what])
        raise NotAllowed(
            f"To {_SAID.get(what, what)} takes {who}; you are signed in as {_WHO[actor.role]}. Nothing was changed."
        )


def check_reads(actor: Actor) -> None:
    """Refuse a read to somebody without a role. Raises NotAllowed."""
    check(actor, "read")


def check_owner(actor: Actor, owner: str) -> None:
    """Refuse a case administrator work on a duty that is not theirs. Raises NotAllowed."""
    check(actor, "work")
    if actor.role is Role.ADMINISTRATOR and owner != "CA":
        raise NotAllowed(
            "A case administrator records work only on duties a case administrator owns. Nothing was changed."
        )


def check_facts(actor: Actor, supervisor: str) -> None:
    """Refuse a supervisor facts of a case that is not theirs. Raises NotAllowed."""
    check(actor, "facts")
    if actor.role is Role.SUPERVISOR and supervisor != actor.staff:
        raise NotAllowed(
            "A supervisor records facts only of their own cases; this case is not yours. Nothing was changed."
        )
