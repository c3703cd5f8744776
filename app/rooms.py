"""Which screen stands for which place; each is imported only when somebody goes there."""

from importlib import import_module
from typing import Any

from textual.screen import Screen

from screens.base import Sitting
from screens.routes import Route

PLACES = ("caseload", "diary", "recalls", "workload", "records", "services")
"""The places with a number, in the order of the second line."""

SCREENS: dict[str, tuple[str, str]] = {
    "caseload": ("screens.caseload", "CaseloadScreen"),
    "case": ("screens.case", "CaseScreen"),
    "history": ("screens.history", "HistoryScreen"),
    "plan": ("screens.plan", "PlanScreen"),
    "objective": ("screens.objective", "ObjectiveScreen"),
    "add-objective": ("screens.objective_form", "ObjectiveForm"),
    "edit-objective": ("screens.objective_form", "ObjectiveForm"),
    "step": ("screens.step_form", "StepForm"),
    "close-objective": ("screens.close_objective", "CloseObjectiveForm"),
    "move-objective": ("screens.sequence_form", "MoveForm"),
    "sequence": ("screens.sequence_form", "ReasonForm"),
    "meetings": ("screens.meetings", "MeetingsScreen"),
    "plan-meeting": ("screens.plan_meeting", "MeetingForm"),
    "versions": ("screens.versions", "VersionsScreen"),
    "register": ("screens.register", "RegisterScreen"),
    "entry": ("screens.register_form", "EntryForm"),
    "entry-kind": ("screens.register_form", "KindForm"),
    "diary": ("screens.diary", "DiaryScreen"),
    "recalls": ("screens.recall", "RecallScreen"),
    "recall": ("screens.recall_case", "RecallCaseScreen"),
    "recall-filter": ("screens.recall_filter", "RecallFilterForm"),
    "recall-start": ("screens.recall_start", "StartForm"),
    "recall-expect": ("screens.recall_start", "ExpectForm"),
    "recall-turn": ("screens.recall_start", "TurnForm"),
    "recall-decide": ("screens.recall_forms", "DecideForm"),
    "recall-propose": ("screens.recall_forms", "ProposeForm"),
    "recall-barrier": ("screens.recall_forms", "BarrierForm"),
    "recall-keep": ("screens.recall_forms", "KeepForm"),
    "recall-papers": ("screens.recall_forms", "PapersForm"),
    "recall-called-off": ("screens.recall_forms", "CallOffForm"),
    "recall-released": ("screens.recall_forms", "ReleasedForm"),
    "print-recall": ("screens.recall_print", "RecallPrintForm"),
    "workload": ("screens.workload", "WorkloadScreen"),
    "held": ("screens.held", "HeldScreen"),
    "terms": ("screens.terms", "TermsForm"),
    "scope": ("screens.scope", "ScopeScreen"),
    "print-scope": ("screens.scope_print", "ScopePrintForm"),
    "allocate": ("screens.allocate", "AllocateForm"),
    "allocate-many": ("screens.allocate_many", "AllocateManyForm"),
    "records": ("screens.records", "RecordsScreen"),
    "find": ("screens.find", "FindScreen"),
    "triage": ("screens.triage", "TriageScreen"),
    "views": ("screens.saved", "SavedViewsForm"),
    "filter": ("screens.filter", "FilterForm"),
    "contact": ("screens.contact", "ContactForm"),
    "note": ("screens.contact", "NoteForm"),
    "appointment": ("screens.appointment", "AppointmentForm"),
    "contact-several": ("screens.several", "ContactSeveralForm"),
    "defer-several": ("screens.several", "DeferSeveralForm"),
    "meet": ("screens.meet", "MeetForm"),
    "defer": ("screens.defer", "DeferForm"),
    "waive": ("screens.defer", "WaiveForm"),
    "pathways": ("screens.pathways", "PathwaysScreen"),
    "mark": ("screens.mark", "MarkForm"),
    "activity": ("screens.mark", "AddForm"),
    "screening": ("screens.screening", "ScreeningForm"),
    "groups": ("screens.groups", "GroupsScreen"),
    "earlier-plan": ("screens.groups", "EarlierScreen"),
    "referrals": ("screens.referrals", "ReferralsScreen"),
    "follow-up": ("screens.referrals", "FollowUpForm"),
    "leaving": ("screens.leaving", "LeavingScreen"),
    "need": ("screens.needs", "NeedForm"),
    "advice": ("screens.needs", "AdviceForm"),
    "apart": ("screens.disclosure", "DisclosureForm"),
    "services": ("screens.services", "ServicesScreen"),
    "service": ("screens.services", "ServiceForm"),
    "look-for-service": ("screens.services", "LookForm"),
    "import-services": ("screens.services", "ImportServicesForm"),
    "refer": ("screens.services", "ReferForm"),
    "fact": ("screens.fact", "FactForm"),
    "print": ("screens.printing", "PrintForm"),
    "print-diary": ("screens.diary_print", "DiaryPrintForm"),
    "paper": ("screens.paper_form", "PaperForm"),
    "asked": ("screens.asked", "AskedScreen"),
    "answer": ("screens.answer", "AnswerForm"),
    "gaps": ("screens.gaps", "GapsScreen"),
    "gap": ("screens.gap", "GapForm"),
    "moves": ("screens.moves", "MovesScreen"),
    "move": ("screens.move", "MoveForm"),
    "receive": ("screens.receive", "ReceiveForm"),
    "roll": ("screens.roll", "RollForm"),
    "intakes": ("screens.intakes", "IntakesScreen"),
    "pairs": ("screens.pairs", "PairsScreen"),
    "as-at": ("screens.as_at", "AsAtForm"),
    "extract": ("screens.extract_form", "ExtractForm"),
}
"""Place in a route → module and class. The class is built with a sitting and the route."""


def build(sitting: Sitting, route: Route) -> Screen[Any]:
    """The screen a route leads to.

    Raises:
        KeyError: There is no such place.
    """
    module, name = SCREENS[route.place]
    screen: Screen[Any] = getattr(import_module(module), name)(sitting, route)
    return screen
