"""From a decision to the ledger and, where it is pushed, to the outbox: same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.alerts.compose import alert_id, compose, confirmation
from monitor.alerts.policy import not_before, owed, silence_of, takers
from monitor.alerts.retry import LONGEST_WAIT
from monitor.config.policy import Rules
from monitor.models import Alert, Article, Citation, Decision, LastTold, Story, Verdict
from monitor.service.log import get_logger
from monitor.service.reach import LASTING
from monitor.service.site import Site
from monitor.store import Unit

log = get_logger()

MOST_CITATIONS = 12


def put_decision(
    unit: Unit, site: Site, article: Article, decision: Decision, now: datetime
) -> bool:
    """Write the ledger row and, for an alert, its deliveries. True when something is pushed."""
    alert = None
    if decision.verdict is Verdict.ALERT and decision.story is not None:
        alert = _composed(unit, site, article, decision, decision.story, now)
        owe(unit, site, alert)
    elif decision.confirmed_by is not None and decision.story is not None:
        _owe_confirmation(unit, site, article, decision, decision.story, now)
    unit.save_decision(decision, article, now, alert.id if alert else None)
    return alert is not None


def _composed(
    unit: Unit, site: Site, article: Article, decision: Decision, story: Story, now: datetime
) -> Alert:
    return compose(
        decision,
        article,
        site.config.topics[decision.topic].title,
        now,
        root=unit.story_root(story.id),
        citations=_citations(unit, article, story.id),
        alert_id=alert_id(article.id, article.revision, decision.topic),
    )


def _owe_confirmation(
    unit: Unit, site: Site, article: Article, decision: Decision, story: Story, now: datetime
) -> None:
    """Add to what was told that a second origin says so; where a channel can, and was told."""
    composed = _composed(unit, site, article, decision, story, now)
    if composed.root is None or decision.confirmed_by is None:
        return
    alert = confirmation(composed, decision.confirmed_by, composed.root)
    can = {name for name, channel in site.channels.items() if channel.updates}
    to = [pair for pair in unit.recipients_of(composed.root) if pair[0] in can]
    if to and silence_of(alert, unit.silences(), now) is None:
        rules, policy = site.config.settings.channels, site.config.settings.policy
        told = [owed(alert, name, who, rules[name], policy, LastTold()) for name, who in to]
        unit.save_alert(alert, told)


def owe(unit: Unit, site: Site, alert: Alert) -> None:
    """Owe an alert to all whom the policy names, each from its time; a silence keeps it back."""
    silence = silence_of(alert, unit.silences(), alert.created)
    if silence is not None:
        kept = replace(alert, silenced=f"silence {silence.id}: {silence.reason}")
        unit.save_alert(kept, (), silence.id)
        log.info("alert silenced", alert=alert.id, silence=silence.id, until=str(silence.until))
        return
    owe_to(unit, site, alert, wanted(site, alert))


def wanted(site: Site, alert: Alert) -> tuple[tuple[str, str], ...]:
    """The (channel, recipient) pairs that the policy names for an alert."""
    rules, policy = site.config.settings.channels, site.config.settings.policy
    return takers(alert, site.targets(alert.topic), rules, policy, alert.created)


def owe_to(unit: Unit, site: Site, alert: Alert, to: Iterable[tuple[str, str]]) -> None:
    """Owe an alert to these recipients, each from when the rules of its channel allow."""
    rules, policy = site.config.settings.channels, site.config.settings.policy
    unit.save_alert(
        alert,
        [
            owed(
                alert,
                name,
                who,
                rules[name],
                policy,
                _last_told(unit, name, who, rules[name], alert),
            )
            for name, who in to
        ],
    )


def try_again(unit: Unit, site: Site, now: datetime) -> int:
    """At a start: what its channel did not take for a while is due, as that may be mended.

    Not what failed a few times only, and not what waits for longer than our own waits are: its
    server wished so. How many there are.
    """
    policy, rules = site.config.settings.policy, site.config.settings.channels
    done = 0
    for name, channel in site.channels.items():
        at = not_before(rules[name], policy, now, urgent=False)
        for recipient in channel.recipients:
            to = (name, recipient)
            done += unit.try_again(to, at, least=LASTING, before=now + LONGEST_WAIT)
    return done


def _last_told(unit: Unit, channel: str, recipient: str, rule: Rules, alert: Alert) -> LastTold:
    """What the recipient was told lately, where the channel gathers or pauses at all."""
    if rule.wait is None and rule.pause is None:
        return LastTold()
    since = alert.created - (rule.pause or timedelta())
    return unit.last_told(channel, recipient, alert.topic, since)


def _citations(unit: Unit, article: Article, story: str) -> tuple[Citation, ...]:
    """The other articles of the story, newest first."""
    return tuple(
        Citation(a.outlet or a.source or "unknown outlet", a.title, a.url, a.lang, a.published)
        for a in unit.story_articles(story, MOST_CITATIONS)
        if a.id != article.id
    )
