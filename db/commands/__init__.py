"""Writes: each one function and one transaction; it checks the role, validates, writes, audits, recomputes."""

from db.commands.allocate import allocate
from db.commands.answer import answer
from db.commands.contact import log_contact
from db.commands.duty import defer, meet, waive
from db.commands.facts import set_facts
from db.commands.link import link, unlink
from db.commands.moves import answer_gone, move, rehouse
from db.commands.overrides import apply_overrides
from db.commands.receive import receive
from db.commands.staff import add_staff, change_role, disable, reset_password
from db.commands.undo import undo
from db.commands.undo_intake import undo_intake

__all__ = [
    "add_staff",
    "allocate",
    "answer",
    "answer_gone",
    "apply_overrides",
    "change_role",
    "defer",
    "disable",
    "link",
    "log_contact",
    "meet",
    "move",
    "receive",
    "rehouse",
    "reset_password",
    "set_facts",
    "undo",
    "undo_intake",
    "unlink",
    "waive",
]
