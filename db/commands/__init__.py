"""Writes: each one function and one transaction; it checks the role, validates, writes, audits, recomputes."""

from db.commands.allocate import allocate
from db.commands.contact import log_contact
from db.commands.duty import defer, meet, waive
from db.commands.facts import set_facts
from db.commands.overrides import apply_overrides
from db.commands.plan import close_objective, explain_order, move_objective, save_objective, save_steps
from db.commands.plan_meeting import save_meeting
from db.commands.register import save_entry
from db.commands.staff import add_staff, change_role, disable, reset_password
from db.commands.undo import undo

__all__ = [
    "add_staff",
    "allocate",
    "apply_overrides",
    "change_role",
    "close_objective",
    "defer",
    "disable",
    "explain_order",
    "log_contact",
    "meet",
    "move_objective",
    "reset_password",
    "save_entry",
    "save_meeting",
    "save_objective",
    "save_steps",
    "set_facts",
    "undo",
    "waive",
]
