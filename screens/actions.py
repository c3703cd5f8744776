"""The one registry of actions: what each is called, does, and which key it has.

Bindings, the key line, help, the command palette and the user's own key file are all fed from
`ACTIONS`. A binding's id is the action's name, and the screen that binds it has a method
`action_<name>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from textual.binding import Binding, BindingType
from textual.keys import key_to_character


class Where(StrEnum):
    """Where an action works."""

    EVERYWHERE = "everywhere"
    PLACES = "in the places"
    FORMS = "in forms"
    WORKLOAD = "in the workload"
    RECALL = "in recall"
    CASE = "in a case"
    PLAN = "in the plan of a case"
    OBJECTIVE = "at one objective"
    MEETINGS = "at the planning meetings"
    REGISTER = "in the register of a case"
    CHECKLIST = "in the pathway checklist"
    SERVICES = "in the services"


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Attributes:
        name: How bindings, key files and code call it.
        keys: Its default keys, separated by commas, as Textual names them.
        says: The word or two beside its key in the key line.
        tells: What it does, for help and the command palette.
        where: Where it works.
        priority: Whether its key acts before the focused field sees it.
    """

    name: str
    keys: str
    says: str
    tells: str
    where: Where = Where.PLACES
    priority: bool = False


_EVERYWHERE = (
    Action("commands", "ctrl+p", "commands", "Every command, by name", Where.EVERYWHERE, True),
    Action("keys", "f1", "keys", "The keys that work here, and what the marks mean", Where.EVERYWHERE, True),
    Action("lock", "ctrl+l", "lock", "Lock: hides everything and asks for the password", Where.EVERYWHERE, True),
    Action(
        "blank", "f12,ctrl+k", "blank", "Blank the screen at once; any key then shows the lock", Where.EVERYWHERE, True
    ),
    Action("quit", "ctrl+q", "quit", "Leave Wingdesk; what is half typed is kept as a draft", Where.EVERYWHERE, True),
)
_FORMS = (
    # Not before everything else: it has to come to the form after the letters typed before it.
    Action("save", "ctrl+s", "save", "Save this form", Where.FORMS),
    Action("record", "enter", "record", "In missing facts: record this one and go on to the next", Where.FORMS, True),
    Action("skip", "pagedown,ctrl+n", "skip", "In missing facts: leave this one for later", Where.FORMS, True),
    Action("return", "pageup,ctrl+b", "back", "In missing facts: back to the one before", Where.FORMS, True),
    Action("leave", "escape", "leave", "Leave this form; asks only if something was typed", Where.FORMS),
)
_PLACES = (
    Action("caseload", "1", "caseload", "Go to the caseload"),
    Action("diary", "2", "diary", "Go to the diary: what falls due, day by day"),
    Action("recalls", "3", "recall", "Go to recall: everybody recalled or expected back, step by step"),
    Action("workload", "4", "workload", "Go to the workload: who holds how many cases, and who has no supervisor"),
    Action(
        "records", "5", "records", "Go to the records: extracts, what they asked, missing facts, receptions and moves"
    ),
    Action("services", "6", "services", "Go to the services: what there is here and after release, and how to refer"),
    Action("back", "escape", "back", "Back to where you came from"),
    Action("help", "question_mark", "keys", "The keys that work here, and what the marks mean"),
    Action("open", "enter", "open", "Open what the cursor stands on"),
    Action("find", "slash", "find", "Find a person by any part of name, number or cell"),
    Action("triage", "t", "triage", "Triage walk: one case at a time, the most urgent first"),
    Action("next", "right", "next", "On to the next: the next case, the next day"),
    Action("previous", "left", "back", "Back to the one before: the case before, the day before"),
    Action("filter", "f", "filter", "Choose who is shown: mine, a wing, all, some"),
    Action("views", "g", "saved views", "Saved views: filters you gave a name, to choose, save or drop"),
    Action("contact", "c", "contact", "Log a contact, and tick the duties it also meets"),
    Action("meet", "d", "meet a duty", "Record that a duty was met"),
    Action("defer", "s", "defer", "Defer a duty once, or record that it is not required"),
    Action("note", "n", "note", "Write a note: its kind by one key, then the text"),
    Action("appointment", "y", "appointment", "Book an appointment: a meeting, a review"),
    Action("reveal", "v", "reveal", "Show for one minute what is discreet"),
    Action("undo", "u", "undo", "Undo your last change; names it and asks first"),
    Action("openings", "b", "openings", "In the diary: show or hide what can begin on each day"),
    Action("select", "space", "select", "Select, or take the selection away"),
    Action("everybody", "e", "select all", "Select everybody in the list, or nobody"),
    Action(
        "allocate",
        "a",
        "allocate",
        "Name the supervisor of the case, of all that are selected, or of everything somebody holds",
        Where.WORKLOAD,
    ),
    Action("receive", "r", "receive", "In the records: receive somebody, new or back"),
    Action("move", "m", "a movement", "Record a movement: cell, court, hospital, transfer, release"),
    Action("roll", "l", "roll list", "In the records: many cell moves, from a list that is pasted"),
    Action("as_at", "k", "as at a day", "Show the case as it was known on an earlier day"),
    Action("terms", "h", "hours, absence", "A supervisor's hours, home probation areas and absence", Where.WORKLOAD),
    Action(
        "scope",
        "r",
        "scope",
        "The register of scope: who is in scope, by local extension, out, cannot be told; and what decided",
        Where.WORKLOAD,
    ),
    Action("extension", "l", "local extension", "Decide on a local extension of scope, and why", Where.WORKLOAD),
    Action("print", "x", "print", "Print or export this"),
    Action("extract", "i", "choose a file", "Choose an extract and see what it would change"),
    Action("take", "a,ctrl+s", "take it in", "Take in all that the extract changes, as shown"),
    Action(
        "recall_add",
        "a",
        "add",
        "Start re-engagement or expect somebody back; then add a review, barrier, paper, progress to keep, release",
        Where.RECALL,
    ),
    Action("recall", "r", "recall", "Recall in this case: steps, papers, barriers, reviews", Where.CASE),
    Action("look", "f", "look for", "Look for a service by any words", Where.SERVICES),
    Action("add_service", "a", "add", "Add a service to the directory", Where.SERVICES),
    Action("change_service", "e", "change", "Bring a service of the directory up to date, or close it", Where.SERVICES),
    Action(
        "import_services",
        "i",
        "take in a list",
        "Take a list of services into the directory, CSV or TOML",
        Where.SERVICES,
    ),
    Action("pathways", "w", "pathways", "The pathway checklist of this case"),
    Action(
        "mark",
        "space",
        "next status",
        "In the checklist: needed, in progress, not assessed; on a pathway: open it",
        Where.CHECKLIST,
    ),
    Action("activity", "a", "add", "Add any activity to the checklist, at any level", Where.CHECKLIST),
    Action("groups", "g", "groups", "Groups with extra support, and what each asks to think of", Where.CHECKLIST),
    Action("screening", "b", "screening", "Record the basic custody screening, part 1 or part 2", Where.CHECKLIST),
    Action(
        "outstanding", "f", "outstanding", "In the checklist: only what is outstanding, or everything", Where.CHECKLIST
    ),
    Action(
        "earlier_plan",
        "e",
        "earlier plan",
        "The resettlement plan of the custody before, beside this one",
        Where.CHECKLIST,
    ),
    Action(
        "referrals",
        "i",
        "referrals",
        "Signpostings and referrals: what came of them, one or several at once",
        Where.CHECKLIST,
    ),
    Action("leaving", "l", "leaving", "Everyone leaving in the next 12 weeks, and what is still open", Where.CHECKLIST),
    Action(
        "disclosure", "y", "need to know", "Record or pass on what only those who need to know may see", Where.CHECKLIST
    ),
    Action("need", "m", "need", "Record a need found now, immediate or not; its clock starts", Where.CHECKLIST),
    Action(
        "advice",
        "q",
        "advice",
        "Record that advice and guidance was asked for; how much of it is used",
        Where.CHECKLIST,
    ),
    Action("overview", "o", "overview", "The overview of this case"),
    Action("history", "h", "history", "The history of this case"),
    Action("plan", "p", "plan", "The sentence plan of this case"),
    Action("register", "g", "people, needs, risk", "People, needs, interventions, assessments and risk", Where.PLAN),
    Action("objective", "a", "add", "Add an objective to the plan", Where.PLAN),
    Action("later", "plus", "later", "Put the objective one place later in the sequence", Where.PLAN),
    Action("earlier", "minus", "earlier", "Put the objective one place earlier in the sequence", Where.PLAN),
    Action("finish", "l", "close", "Close the objective with what came of it", Where.PLAN),
    Action("meetings", "m", "meetings", "The planning meetings of this case", Where.PLAN),
    Action("versions", "e", "versions", "The versions of the plan, and what changed between them", Where.PLAN),
    Action("interventions", "i", "interventions", "Interventions, waiting and transfer holds", Where.PLAN),
    Action("step", "a", "add a step", "Add a step to the objective", Where.OBJECTIVE),
    Action("turn", "space", "next state", "The step's next state: to do, under way, done", Where.OBJECTIVE),
    Action("arrange", "a", "arrange", "Arrange a planning meeting, or put down one that was held", Where.MEETINGS),
    Action("entry", "a", "add", "Add an entry to this part of the register", Where.REGISTER),
)

ACTIONS: Mapping[str, Action] = MappingProxyType({action.name: action for action in (*_EVERYWHERE, *_FORMS, *_PLACES)})


def bindings(*names: str) -> list[BindingType]:
    """The bindings of these actions, for a screen's or a widget's `BINDINGS`.

    Raises:
        KeyError: No action has that name.
    """
    chosen = (ACTIONS[name] for name in names)
    return [
        Binding(action.keys, action.name, action.tells, show=False, priority=action.priority, id=action.name)
        for action in chosen
    ]


_WORDS = {
    "enter": "Enter",
    "plus": "+",
    "minus": "-",
    "escape": "Esc",
    "space": "Space",
    "question_mark": "?",
    "slash": "/",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Delete",
    "backspace": "Backspace",
    "right": "→",
    "left": "←",
    "tab": "Tab",
}


def key_words(key: str) -> str:
    """A key as people call it: `ctrl+s` is Ctrl+S, `question_mark` is ?."""
    *modifiers, base = key.split("+")
    if base in _WORDS:
        said = _WORDS[base]
    elif len(base) == 1:
        said = base.upper() if modifiers else base
    elif base.startswith("f") and base[1:].isdigit():
        said = base.upper()
    else:
        said = key_to_character(base) or base.replace("_", " ").capitalize()
    return "+".join([*(modifier.capitalize() for modifier in modifiers), said])
