"""From a person's alerts to facts: active yes, over no, never raised not known.

Source: record.md, Facts; cli.md, Extracts. Which alert speaks of what is `codes.toml`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from policy.codes import AlertRule, alert_rules


class Alert(NamedTuple):
    """An alert: its code, whether it is active, and the ISO dates it began and ended, as far as given."""

    code: str
    active: bool
    since: str | None = None
    ended: str | None = None


class AlertFact(NamedTuple):
    """What alerts say of one fact, and the ISO date from which it has been so, if they give one."""

    fact: str
    value: str
    effective: str | None


def facts_of_alerts(alerts: Iterable[Alert]) -> tuple[AlertFact, ...]:
    """Every fact these alerts speak of.

    Of several active ones for a fact the highest rank counts, and its earliest date; a list of holds
    has the latest. An alert that is over counts only where none for the fact is active.
    """
    spoken: dict[str, list[tuple[AlertRule, Alert]]] = {}
    for alert in alerts:
        for rule in alert_rules(alert.code):
            spoken.setdefault(rule.fact, []).append((rule, alert))
    facts = (_settle(fact, said) for fact, said in spoken.items())
    return tuple(fact for fact in facts if fact is not None)


def _settle(fact: str, said: list[tuple[AlertRule, Alert]]) -> AlertFact | None:
    active = [(rule, alert) for rule, alert in said if alert.active]
    if not active:
        over = [(rule, alert) for rule, alert in said if rule.inactive]
        if not over:
            return None
        return AlertFact(fact, over[0][0].inactive, max((a.ended for _, a in over if a.ended), default=None))
    dates = [alert.since for _, alert in active if alert.since]
    if active[0][0].together:
        words = dict.fromkeys(rule.active for rule, _ in active)
        return AlertFact(fact, ", ".join(words), max(dates, default=None))
    highest = max(rule.rank for rule, _ in active)
    value = next(rule.active for rule, _ in active if rule.rank == highest)
    dates = [alert.since for rule, alert in active if rule.rank == highest and alert.since]
    return AlertFact(fact, value, min(dates, default=None))
