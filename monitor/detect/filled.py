"""An article whose own page was read some time after a feed brought its title and summary."""

from __future__ import annotations

from dataclasses import replace

from monitor.detect.news.gate import says_much, statements
from monitor.detect.outcome import Case, decision, story_after
from monitor.detect.story.memory import without
from monitor.detect.story.vectors import features_of
from monitor.detect.told.origins import outlet_of
from monitor.detect.told.reasons import meaning
from monitor.detect.words.reading import read
from monitor.detect.words.topic import Topic
from monitor.models import Article, Decision, Kind, Story, Verdict

_RULE = "full-text"
_MORE = "page-says-more"


def is_filled(article: Article) -> bool:
    """Its page was read for the first time. That is no edit by its outlet."""
    previous = article.previous
    return previous is not None and article.full and not previous.full


def without_first_sight(story: Story | None, article: Article, topic: Topic) -> Story | None:
    """The story as if the article had not come by its feed; None if nothing else tells it."""
    if story is None or article.previous is None:
        return None
    reading = read(article.previous, topic)
    said = statements(reading, topic)
    return without(story, features_of(reading, topic), said, outlet_of(article))


def filled(case: Case, story: Story, whole: Decision) -> Decision:
    """What to do about the page of an article of this story.

    `whole` is what would be done about the article if it had come with its page, and not before. An
    article is pushed once: if it was, a deed, a figure or a person that its page adds is for the
    digest.
    """
    if case.topic.everything or not _says_more(case, story, whole):
        return decision(case, Verdict.SILENT, Kind.REPEAT, _RULE)
    if case.article.id in story.memory["alerted"]:
        return decision(case, Verdict.DIGEST, Kind.NEW_FACT, _MORE)
    opens = whole.opens_story and story.articles <= 1
    return replace(
        whole,
        story=story_after(case, whole.verdict is Verdict.ALERT, whole.moves),
        kind=Kind.NEW_STORY if opens else Kind.NEW_FACT,
        opens_story=opens,
        stage="page",
        why=f"{meaning(_MORE)} {whole.why}",
        confirmed_by=None,
    )


def _says_more(case: Case, story: Story, whole: Decision) -> bool:
    """The page deserves to be told of.

    If the article was pushed, the page has to state something new that counts. If it was not, what
    it would be worth with its page decides; a digest needs a new statement besides.
    """
    if case.article.id in story.memory["alerted"]:
        return says_much(case.novelty.new, case.topic)
    return whole.verdict is Verdict.ALERT or (
        whole.verdict is Verdict.DIGEST and bool(case.novelty.new)
    )
