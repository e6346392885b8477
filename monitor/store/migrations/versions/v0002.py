"""The place of an article in a topic says when it was decided on last, so that the newest of a
story are found without a sort.
"""

from alembic import op
from sqlalchemy import Column, DateTime, inspect

revision = "0002"
down_revision = "0001"

TABLE = "article_topics"
Utc = DateTime(timezone=True)
LATEST = """
    SELECT revisions.seen FROM articles JOIN revisions
    ON revisions.article = articles.id AND revisions.revision = articles.latest
    WHERE articles.id = article_topics.article
"""


def upgrade() -> None:
    """Add the time, fill it, and put it into the index of the story.

    For some hours checkouts made schema 1 with the time in it already: nothing is left to do there.
    """
    if any(column["name"] == "seen" for column in inspect(op.get_bind()).get_columns(TABLE)):
        return
    op.add_column(TABLE, Column("seen", Utc))
    oldest = "(SELECT MIN(seen) FROM revisions)"  # of an article that is no more
    op.execute(f"UPDATE article_topics SET seen = COALESCE(({LATEST}), {oldest})")  # noqa: S608
    op.drop_index("ix_article_topics_story", TABLE)
    with op.batch_alter_table(TABLE) as batch:
        batch.alter_column("seen", existing_type=Utc, nullable=False)
    op.create_index("ix_article_topics_story_seen_article", TABLE, ["story", "seen", "article"])
