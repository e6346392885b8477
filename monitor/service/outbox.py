"""From a decision to the ledger and, where it is pushed, to the outbox: same transaction."""

from __future__ import annotations

from datetime import datetime

from monitor.alerts.compose import alert_id, compose
from monitor.models import Article, Citation, Decision, Verdict
from monitor.service.site import Site
from monitor.store import Unit

MOST_CITATIONS = 12


def put_decision(
    unit: Unit, site: Site, article: Article, decision: Decision, now: datetime
) -> bool:
    """Write the ledger row and, for an alert, its deliveries. True when something is pushed."""
    alert = None
    if decision.verdict is Verdict.ALERT and decision.story is not None:
        story = decision.story
        alert = compose(
            decision,
            article,
            site.config.topics[decision.topic].title,
            now,
            root=unit.story_root(story.id),
            citations=_citations(unit, article, story.id),
            alert_id=alert_id(article.id, article.revision, decision.topic),
        )
        unit.save_alert(alert, site.targets(decision.topic))
    unit.save_decision(decision, article, now, alert.id if alert else None)
    return alert is not None


def _citations(unit: Unit, article: Article, story: str) -> tuple[Citation, ...]:
    """The other articles of the story, newest first."""
    return tuple(
        Citation(a.outlet or a.source or "unknown outlet", a.title, a.url, a.lang, a.published)
        for a in unit.story_articles(story, MOST_CITATIONS)
        if a.id != article.id
    )
