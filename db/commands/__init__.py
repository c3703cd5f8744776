"""Writes: each one function and one transaction; it checks the role, validates, writes, audits, recomputes."""

from db.commands.allocate import allocate
from db.commands.appointments import book, call_off
from db.commands.contact import log_contact
from db.commands.duty import defer, meet, waive
from db.commands.facts import set_facts
from db.commands.overrides import apply_overrides
from db.commands.saved import drop_view, save_view
from db.commands.several import defer_several, log_for_several
from db.commands.staff import add_staff, change_role, disable, reset_password, set_terms
from db.commands.undo import undo

__all__ = [
    "add_staff",
    "allocate",
    "apply_overrides",
    "book",
    "call_off",
    "change_role",
    "defer",
    "defer_several",
    "disable",
    "drop_view",
    "log_contact",
    "log_for_several",
    "meet",
    "reset_password",
    "save_view",
    "set_facts",
    "set_terms",
    "undo",
    "waive",
]
