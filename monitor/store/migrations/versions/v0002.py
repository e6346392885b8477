"""The place of an article in a topic says when it was decided on last, so that the newest of a
story are found without a sort.
"""

from alembic import op
from sqlalchemy import Column, DateTime

revision = "0002"
down_revision = "0001"

Utc = DateTime(timezone=True)
LATEST = """
    SELECT revisions.seen FROM articles JOIN revisions
    ON revisions.article = articles.id AND revisions.revision = articles.latest
    WHERE articles.id = article_topics.article
"""


def upgrade() -> None:
    """Add the time, fill it, and put it into the index of the story."""
    op.add_column("article_topics", Column("seen", Utc))
    oldest = "(SELECT MIN(seen) FROM revisions)"  # of an article that is no more
    op.execute(f"UPDATE article_topics SET seen = COALESCE(({LATEST}), {oldest})")  # noqa: S608
    op.drop_index("ix_article_topics_story", "article_topics")
    with op.batch_alter_table("article_topics") as batch:
        batch.alter_column("seen", existing_type=Utc, nullable=False)
    op.create_index(
        "ix_article_topics_story_seen_article", "article_topics", ["story", "seen", "article"]
    )
