"""Every duty of the rulebook worked out by hand: facts in, opening and due date out.

The dates come from the rulebook's table and a wall calendar (Mon 2 March 2026; Good Friday 3 and Easter
Monday 6 April; 4 and 25 May; Christmas on a Friday), never from the engine.
"""

from typing import NamedTuple

from policy.calendar import Moment
from policy.case import Case, Event
from tests.policy.people import happened, moment, person

CAME = "custody-start=2026-03-02; arrival=2026-03-02; recall=no; transferred-in=no; date-of-birth=1990-05-01"
# 3 years: Mon 2 March 2026 to Thu 1 March 2029, both days counted.
SERVING = (
    f"{CAME}; legal-status=sentenced; sentence-type=determinate; sentence-start=2026-03-02; sentence-expiry=2029-03-01"
)
IN_SCOPE = f"{SERVING}; rosh=high; ppo=no; conditional-release=2027-08-31"
# To be released on Fri 22 May 2026; Good Friday and Easter lie before.
LEAVING = (
    "custody-start=2025-09-01; arrival=2025-09-01; recall=no; transferred-in=no; legal-status=sentenced;"
    "sentence-type=determinate; sentence-start=2025-09-01; sentence-expiry=2027-02-28; conditional-release=2026-05-22"
)
# Back on Thu 19 February 2026, on a sentence of 4 years to Mon 31 December 2029.
RECALLED = (
    "custody-start=2026-02-19; arrival=2026-02-19; transferred-in=no; legal-status=recall; sentence-type=determinate;"
    "sentence-start=2026-01-01; sentence-expiry=2029-12-31; recall-returned=2026-02-19; recall={}"
)
STANDARD, FIXED = RECALLED.format("standard"), RECALLED.format("fixed-term")


class Example(NamedTuple):
    """One duty worked out by hand; `after` is its state the day after it was due."""

    duty: str
    facts: str
    opens: str | None
    due: str
    done: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    after: str = "overdue"

    def case(self) -> Case:
        return person(self.facts, self.done, events=self.events)

    def due_moment(self) -> Moment:
        return moment(self.due)


EXAMPLES = (
    Example(
        "safety-handover:c",
        CAME,
        "2026-03-07",
        "2026-03-07",
        events=(happened("concern", "c", "2026-03-07"),),
        after="safety",
    ),
    Example("allocate-supervisor", CAME, "2026-03-02", "2026-03-04"),
    Example("allocate-supervisor", f"{CAME}; supervisor=s1@2026-03-03, ?@2026-04-02", "2026-04-02", "2026-04-08"),
    Example("first-meeting", f"{CAME}; supervisor=s1@2026-03-03", "2026-03-03", "2026-03-17"),
    Example(
        "first-meeting",
        f"{CAME}; supervisor=s1@2026-03-03, s2@2026-03-30",
        "2026-03-30",
        "2026-04-15",
        ("first-meeting 2026-03-10",),
    ),
    Example("supervisor-contact", f"{CAME}; supervisor=s1", "2026-03-24", "2026-04-10", ("first-meeting 2026-03-10",)),
    Example(
        "supervisor-contact", f"{CAME}; supervisor=s1", "2027-02-14", "2027-02-28", ("supervisor-contact 2027-01-31",)
    ),
    Example("bcst1", f"{CAME}", "2026-03-02", "2026-03-05"),
    Example("bcst1", "custody-start=2026-03-27T16:40; arrival=2026-03-27", "2026-03-27", "2026-03-30T16:40"),
    Example("bcst1", "custody-start=2026-10-23T09:05; arrival=2026-10-23", "2026-10-23", "2026-10-26T09:05"),
    Example("bcst2", SERVING, "2026-03-04", "2026-03-11", ("bcst1 2026-03-04",)),
    Example("bcst2", SERVING, "2026-03-04", "2026-03-16", ("bcst1 2026-03-04 received=2026-03-09",)),
    Example("bcst2", f"{CAME}; legal-status=remand", "2026-12-23", "2027-01-04", ("bcst1 2026-12-23",)),
    Example(
        "immediate-resettlement-need:no-money",
        f"{CAME}; immediate-need=no money@2026-03-31",
        "2026-03-31",
        "2026-04-09",
    ),
    Example("basic-skills", SERVING, "2026-03-02", "2026-03-09"),
    Example(
        "basic-skills",
        SERVING.replace("sentence-start=2026-03-02", "sentence-start=2026-04-20@2026-04-20"),
        "2026-04-20",
        "2026-04-27",
    ),
    Example(
        "basic-skills-full",
        f"{SERVING}; skills-assessment=yes",
        "2026-03-04",
        "2026-04-01",
        ("basic-skills 2026-03-04",),
    ),
    Example("induction", CAME, "2026-03-02", "2026-03-09"),
    Example("benefits-induction", CAME, "2026-03-02", "2026-03-09"),
    Example("keep-ties", f"{CAME}; has-job=no; family-at-risk=yes", "2026-03-02", "2026-03-07"),
    Example("tenancy", f"{CAME}; tenancy=yes@2026-03-30", "2026-03-30", "2026-04-08"),
    Example("housing-element", f"{CAME}; tenancy=yes; tenancy-kept=yes", "2026-07-20", "2026-08-31"),
    Example("name-offender-manager", IN_SCOPE, "2026-03-02", "2026-03-16"),
    Example("name-offender-manager", f"{IN_SCOPE}; offender-manager=A Khan, ?@2026-03-30", "2026-03-30", "2026-04-15"),
    Example("oasys-missing", f"{IN_SCOPE}; oasys-on-arrival=no", "2026-03-02", "2026-03-09"),
    Example("oasys-initial", IN_SCOPE, "2026-03-02", "2026-04-27"),
    Example("oasys-review", IN_SCOPE, "2028-01-31", "2028-02-28", ("oasys-initial 2027-02-28",)),
    Example("oasys-review", IN_SCOPE, "2029-01-31", "2029-02-28", ("oasys-review 2028-02-29",)),
    Example("rosh-review", f"{CAME}; rosh=low@2026-10-31", "2027-02-14", "2027-02-28"),
    Example("rosh-review", f"{CAME}; rosh=low", "2026-06-19", "2026-07-03", ("rosh-review 2026-03-03",)),
    Example(
        "rosh-review",
        f"{CAME}; rosh=low",
        "2026-03-25",
        "2026-04-08",
        events=(happened("significant-change", "x", "2026-03-30"),),
    ),
    Example(
        "risk-told:2026-03-30", f"{CAME}; keyworkers=B Lee; rosh=medium, high@2026-03-30", "2026-03-30", "2026-04-08"
    ),
    Example("irmm-feedback:m", CAME, "2026-04-02", "2026-04-07", events=(happened("irmm", "m", "2026-04-02"),)),
    Example("planning-meeting", IN_SCOPE, "2026-03-20", "2026-04-27", ("oasys-initial 2026-03-20",)),
    Example(
        "planning-meeting",
        IN_SCOPE.replace("2027-08-31", "2028-03-01"),
        "2026-03-20",
        "2026-04-27",
        ("oasys-initial 2026-03-20",),
    ),
    Example(
        "planning-meeting",
        IN_SCOPE.replace("2027-08-31", "2028-03-02"),
        "2026-03-20",
        "2026-06-22",
        ("oasys-initial 2026-03-20",),
    ),
    Example("plan-review", SERVING, "2027-04-01", "2027-04-29", ("planning-meeting 2026-04-29",)),
    Example(
        "plan-review",
        f"{SERVING}; recall-returned=2026-06-01",
        "2026-05-18",
        "2026-06-15",
        ("planning-meeting 2026-04-29",),
    ),
    Example(
        "plan-review",
        SERVING.replace("sentence-start=2026-03-02", "sentence-start=2026-05-18@2026-05-18"),
        "2026-05-05",
        "2026-06-02",
        ("planning-meeting 2026-04-29",),
    ),
    Example(
        "objective-review:o",
        CAME,
        "2026-05-11",
        "2026-05-25",
        events=(happened("objective", "o", "2026-03-10", target="2026-05-25"),),
    ),
    Example(
        "move-notified:m",
        f"{CAME}; offender-manager=A Khan",
        "2026-05-01",
        "2026-05-05",
        events=(happened("move", "m", "2026-05-01"),),
    ),
    Example("victim-liaison", f"{SERVING}; sexual-violent-offence=yes", "2026-03-02", "2026-04-27"),
    Example("mappa-level", f"{LEAVING}; mappa-eligible=yes", "2025-11-22", "2025-12-20"),
    Example("licence-conditions", f"{LEAVING}; licence-expiry=2027-02-28", "2026-02-27", "2026-04-10"),
    Example("licence-explained", f"{LEAVING}; licence-expiry=2027-02-28", "2026-03-27", "2026-04-24"),
    Example("release-risk-plan", f"{LEAVING}; rosh=very-high", "2026-02-27", "2026-04-24"),
    Example("address-confirmed", LEAVING, "2026-02-27", "2026-04-24"),
    Example("pre-release-review", LEAVING, "2026-02-27", "2026-04-24"),
    Example(
        "signpost-follow-up:r", LEAVING, "2026-03-26", "2026-04-13", events=(happened("referral", "r", "2026-03-26"),)
    ),
    Example(
        "signpost-follow-up:r", LEAVING, "2026-05-12", "2026-05-21", events=(happened("referral", "r", "2026-05-12"),)
    ),
    Example(
        "signpost-follow-up:r",
        LEAVING,
        "2026-03-26",
        "2026-03-30",
        events=(happened("referral", "r", "2026-03-26", date="2026-03-30"),),
    ),
    Example(
        "signpost-follow-up:r",
        LEAVING,
        "2026-03-26",
        "2026-05-06",
        events=(happened("referral", "r", "2026-03-26", date="2026-05-06"),),
    ),
    Example(
        "signpost-follow-up:r",
        LEAVING,
        "2026-03-26",
        "2026-05-21",
        events=(happened("referral", "r", "2026-03-26", date="2026-05-22"),),
    ),
    Example("duty-to-refer", f"{LEAVING}; homeless-risk=yes; homeless-consent=given", "2026-03-27", "2026-04-10"),
    Example("duty-to-refer", LEAVING, "2026-03-27", "2026-04-10"),
    Example("duty-to-refer", f"{LEAVING}; homeless-risk=yes; homeless-consent=refused", "2026-04-24", "2026-04-24"),
    Example("nfa-day", f"{LEAVING}; release-address=none", "2026-05-15", "2026-05-22", after="unknown"),
    Example("healthcare-continuity", LEAVING, "2026-02-27", "2026-05-08"),
    Example("freshstart", f"{LEAVING}; ete-on-release=no", "2026-04-10", "2026-05-08"),
    Example("substance-handover", f"{LEAVING}; drug-need=yes", "2026-04-24", "2026-05-15"),
    Example("early-removal-explained", f"{CAME}; nationality=Polish; removal-interest=yes", "2026-03-02", "2026-05-25"),
    Example(
        "early-removal-explained",
        f"{SERVING}; nationality=Polish; conditional-release=2026-10-01",
        "2026-03-02",
        "2026-03-24",
    ),
    Example(
        "personal-adviser", f"{CAME.replace('1990', '2003')}; care-leaver=yes@2026-03-30", "2026-03-30", "2026-04-15"
    ),
    Example("care-needs", f"{CAME}; social-care-need=yes@2026-03-30", "2026-03-30", "2026-04-15"),
    Example("ppo-home", f"{LEAVING}; ppo=yes; held-away=yes", "2026-01-22", "2026-02-22"),
    Example("iag-request:i", CAME, "2026-03-31", "2026-04-13", events=(happened("iag-request", "i", "2026-03-31"),)),
    Example("release-date-missing", SERVING, "2026-03-02", "2026-03-09"),
    Example("release-date-missing", f"{SERVING}; conditional-release=2026-04-30", "2026-04-30", "2026-05-08"),
    Example(
        "ask-sending-prison", f"{CAME.replace('transferred-in=no', 'transferred-in=yes')}", "2026-03-02", "2026-03-05"
    ),
    Example(
        "activity:a",
        CAME,
        "2026-03-10",
        "2026-03-28",
        events=(happened("activity", "a", "2026-03-10", date="2026-03-28"),),
    ),
    Example("recall-warned", STANDARD, None, "2026-02-18", after="failed"),
    Example("recall-distress", STANDARD, "2026-02-19", "2026-02-19"),
    Example("recall-contact", STANDARD, "2026-02-19", "2026-02-20"),
    Example("recall-dossier", STANDARD, "2026-02-19", "2026-02-20"),
    Example("recall-legal", STANDARD, "2026-02-19", "2026-02-22"),
    Example("recall-explained", STANDARD, "2026-02-19", "2026-02-26"),
    Example("recall-om-contact", STANDARD, "2026-02-19", "2026-02-26"),
    Example("recall-meeting", STANDARD, "2026-02-19", "2026-03-05"),
    Example("recall-views", STANDARD, "2026-02-19", "2026-03-05"),
    Example("recall-plan", STANDARD, "2026-02-19", "2026-03-05"),
    Example("recall-part-b", STANDARD, "2026-02-19", "2026-03-11"),
    Example("recall-28", STANDARD, "2026-02-19", "2026-03-19"),
    Example("recall-proactive", STANDARD, "2026-02-19", "2026-03-19"),
    Example("recall-proactive", STANDARD, "2026-03-31", "2026-04-30", ("recall-proactive 2026-03-31",)),
    Example("recall-annual", STANDARD, "2026-02-19", "2027-02-19"),
    Example("recall-annual", STANDARD, "2026-03-20", "2027-03-20", ("recall-28 2026-03-20",)),
    Example(
        "recall-decision-explained:d",
        STANDARD,
        "2026-03-31",
        "2026-04-09",
        events=(happened("recall-decision", "d", "2026-03-31"),),
    ),
    Example("recall-release", FIXED, "2026-02-19", "2026-03-18"),
    Example("recall-release", f"{FIXED}; recall-days=14", "2026-02-19", "2026-03-04"),
    Example("recall-release", f"{FIXED}; recall-release=2026-03-16", "2026-02-19", "2026-03-16"),
    Example("recall-before-sed", STANDARD, "2029-06-30", "2029-09-30"),
)
