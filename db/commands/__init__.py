"""Writes: each one function and one transaction; it checks the role, validates, writes, audits, recomputes."""

from db.commands.allocate import allocate
from db.commands.answer import answer
from db.commands.appointments import book, call_off
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
from db.commands.saved import drop_view, save_view
from db.commands.screening import Screening, ask_advice, screen, set_cohort, set_need
from db.commands.services import import_services, save_service
from db.commands.several import defer_several, log_for_several
from db.commands.staff import add_staff, change_role, disable, reset_password, set_terms
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
    "book",
    "call_off",
    "change_role",
    "close_objective",
    "defer",
    "defer_several",
    "disable",
    "disclose",
    "drop_view",
    "explain_order",
    "follow_up",
    "import_services",
    "link",
    "log_contact",
    "log_for_several",
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
    "save_view",
    "screen",
    "set_cohort",
    "set_facts",
    "set_need",
    "set_terms",
    "share",
    "undo",
    "undo_intake",
    "unlink",
    "waive",
]
