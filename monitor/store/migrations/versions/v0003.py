"""Stories keep the imprints of their reports, by which an old report is known when it runs again.

Those of the stories that are there are made of what they remember of their reports: no words of
the first sentences, so their first sentences are looked for in the whole text.
"""

import re
import struct
import zlib
from binascii import b2a_base64
from datetime import date
from typing import Any

from alembic import op
from sqlalchemy import JSON, Column, Text, bindparam, column, select, table

revision = "0003"
down_revision = "0002"

TABLE = "stories"
BATCH = 200  # stories whose memory is read at once
SHORTEST, TEXT, MARKS = 16, 24, 255
CLAIM = re.compile(r"(?:[cnu]\|.*|a(?:\|[^|]*){4})")
stories = table(TABLE, column("id", Text), column("memory", JSON), column("imprints", Text))


def upgrade() -> None:
    """Add the imprints, before the long memory so that it is not read with them, and fill them."""
    with op.batch_alter_table(TABLE, recreate="always") as batch:
        added = Column("imprints", Text, nullable=False, server_default="")
        batch.add_column(added, insert_after="origins")
    connection, last = op.get_bind(), ""
    following = select(stories.c.id, stories.c.memory).order_by(stories.c.id).limit(BATCH)
    fill = stories.update().where(stories.c.id == bindparam("of"))
    while rows := connection.execute(following.where(stories.c.id > last)).all():
        last = rows[-1].id
        found = [{"of": row.id, "imprints": imprints(row.memory)} for row in rows]
        connection.execute(fill.values(imprints=bindparam("imprints")), found)


def imprints(memory: dict[str, Any]) -> str:
    """The imprints of the reports that a story remembers, as monitor/detect/story/imprints.py keeps
    them.
    """
    members = memory.get("members", ())
    return " ".join(packed(member) for member in members if len(member["sketch"]) >= SHORTEST)


def packed(member: dict[str, Any]) -> str:
    """One report: its smallest hashes, and those of the words, figures and acts of its head."""
    said = {term for term in (*member["title"], *member["core"]) if term[0] != "@"}
    said |= {found[0] for found in map(CLAIM.match, member["claims"]) if found}
    said |= {f"w|{date.fromisoformat(day).weekday()}" for day in member["days"]}
    marks = sorted({zlib.crc32(one.encode("utf-8", "replace")) & 0xFFFF for one in said})[:MARKS]
    text = member["sketch"][:TEXT]
    form = f"<3B{len(text)}I{len(marks)}H"
    made = struct.pack(form, len(text), 0, len(marks), *text, *marks)
    return b2a_base64(made, newline=False).decode()
