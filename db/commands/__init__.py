"""Writes: each one function and one transaction; it checks the role, validates, writes, audits, recomputes."""

from db.commands.allocate import allocate
from db.commands.answer import answer
from db.commands.contact import log_contact
from db.commands.duty import defer, meet, waive
from db.commands.facts import set_facts
from db.commands.link import link, unlink
from db.commands.moves import answer_gone, move, rehouse
from db.commands.need_to_know import ask_to_inherit, disclose, open_in_emergency, share
from db.commands.overrides import apply_overrides
from db.commands.pathway import Mark, mark
from db.commands.plan import close_objective, explain_order, move_objective, save_objective, save_steps
from db.commands.plan_meeting import save_meeting
from db.commands.receive import receive
from db.commands.referral import follow_up, refer
from db.commands.register import save_entry
from db.commands.screening import Screening, ask_advice, screen, set_cohort, set_need
from db.commands.services import import_services, save_service
from db.commands.staff import add_staff, change_role, disable, reset_password
from db.commands.undo import undo
from db.commands.undo_intake import undo_intake

__all__ = [
    "Mark",
    "Screening",
    "add_staff",
    "allocate",
    "answer",
    "answer_gone",
    "apply_overrides",
    "ask_advice",
    "ask_to_inherit",
    "change_role",
    "close_objective",
    "defer",
    "disable",
    "disclose",
    "explain_order",
    "follow_up",
    "import_services",
    "link",
    "log_contact",
    "mark",
    "meet",
    "move",
    "move_objective",
    "open_in_emergency",
    "receive",
    "refer",
    "rehouse",
    "reset_password",
    "save_entry",
    "save_meeting",
    "save_objective",
    "save_service",
    "save_steps",
    "screen",
    "set_cohort",
    "set_facts",
    "set_need",
    "share",
    "undo",
    "undo_intake",
    "unlink",
    "waive",
]
