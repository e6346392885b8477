"""What must hold after each kill and in the end: I1 to I6 of docs/faults.md. Sentences, or none."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.service.deliver import LEASE
from tests.crash.plan import Plan
from tests.crash.servers import MAIL, SLACK
from tests.crash.world import CANARY, RECIPIENTS, World

OWED = {(MAIL, recipient) for recipient in RECIPIENTS} | {(SLACK, "webhook")}
Key = tuple[str, str, str]  # channel, recipient, and what was told: a headline, or an alert's id


def told(world: World, row: dict[str, Any], heads: dict[str, str]) -> list[str]:
    """What a message tells, by headline: of its alert, or all that a message of several lists.

    `heads` are the headlines of the single alerts by their ids. A message of one names earlier ones
    too.
    """
    if row["alert"] in heads:
        return [heads[row["alert"]]]
    text = " ".join(str(row["text"]).split())
    return sorted(head for head in world.alerting if head in text) or [str(row["alert"])]


def _heads(world: World) -> dict[str, str]:
    rows = world.ask(
        "SELECT id, json_extract(payload, '$.headline') FROM alerts "
        "WHERE json_extract(payload, '$.kind') != 'together'"
    )
    return {str(id_): str(headline) for id_, headline in rows}


def claimed(world: World, row: dict[str, Any]) -> str:
    """I3: a committed claim stands behind each thing that a server is just told."""
    query = (
        "SELECT count(*) FROM deliveries JOIN alerts ON alerts.id = deliveries.alert "
        "WHERE channel = ? AND recipient = ? AND state = 'pending' AND attempt > 0 "
        "AND lease_owner IS NOT NULL AND (alert = ? OR json_extract(payload, '$.headline') = ?)"
    )
    for what in told(world, row, _heads(world)):
        found = world.ask(query, row["channel"], row["recipient"], row["alert"], what)
        if not found or not found[0][0]:
            return f"I3: {row['channel']} got {what} unclaimed"
    return ""


def after_kill(world: World) -> list[str]:
    """I4 and I5 on what a kill left, read from a copy so that the next start finds it as it is."""
    if not world.database.exists():
        return []
    copy = world.copy(world.folder / "copy")
    with closing(sqlite3.connect(copy)) as raw:
        damage = raw.execute("PRAGMA integrity_check").fetchone()[0]
        if damage != "ok":
            return [f"I4: {damage}"]
        tables = {row[0] for row in raw.execute("SELECT name FROM sqlite_master")}
        if "deliveries" not in tables:
            return []
        late = _now(world) + LEASE + timedelta(seconds=5)
        far = "SELECT count(*) FROM deliveries WHERE lease_until > ?"
        wrong = raw.execute(far, (late.strftime("%Y-%m-%d %H:%M:%S.%f"),)).fetchone()[0]
        return ([f"I4: {wrong} leases end too late"] if wrong else []) + _ahead(world, raw)


def _now(world: World) -> datetime:
    return datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=world.shift)


def _ahead(world: World, raw: sqlite3.Connection) -> list[str]:
    """I5: a saved ETag means that the entries of that document are saved."""
    known = (
        "SELECT r.title FROM entries e JOIN articles a ON a.id = e.article "
        "JOIN revisions r ON r.article = a.id AND r.revision = a.latest WHERE e.source = ?"
    )
    problems = []
    for source, etag in raw.execute("SELECT id, etag FROM sources WHERE etag IS NOT NULL"):
        missing = set(world.titles.get(etag, ())) - {
            row[0] for row in raw.execute(known, (source,))
        }
        problems += [f"I5: {source} holds the ETag of a document but not: {t}" for t in missing]
    return problems


def in_the_end(world: World) -> list[str]:
    """All invariants once everything was let through."""
    return [
        *_lost(world),
        *_copies(world),
        *world.stage.wrong,
        *after_kill(world),
        *_left(world),
        *_words(world),
    ]


def _lost(world: World) -> list[str]:
    """I1: what was published and is news is accepted by each channel, or listed with a reason."""
    published = {row["etag"] for row in world.stage.published.rows()}
    news = {title for etag in published for title in world.titles.get(etag, ())} & world.alerting
    rows = world.ask(
        "SELECT json_extract(payload, '$.headline'), channel, recipient, state, last_error "
        "FROM deliveries JOIN alerts ON alerts.id = deliveries.alert"
    )
    states = {(str(c), str(r), str(head)): (str(s), error) for head, c, r, s, error in rows}
    kept_back = "SELECT json_extract(payload, '$.headline') FROM alerts WHERE silence IS NOT NULL"
    in_a_list = {str(row[0]) for row in world.ask(kept_back)}  # what came since a backup
    accepted, lost = _accepted(world), []
    for key in [(channel, recipient, head) for channel, recipient in OWED for head in news]:
        state, error = states.get(key, ("not owed", None))
        listed = state in ("refused", "unconfirmed", "expired") and error
        arrived = key in accepted and (state == "sent" or key[2] in in_a_list)
        if not (listed or arrived):
            lost.append(f"I1: lost: {key} ({state})")
    return lost


def _accepted(world: World) -> dict[Key, list[dict[str, Any]]]:
    """What the servers took, by channel, recipient and what it tells, oldest first."""
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    heads = _heads(world)
    for row in world.stage.accepted.rows():
        for what in told(world, row, heads):
            found[row["channel"], row["recipient"], what].append(row)
    return found


def _copies(world: World) -> list[str]:
    """I2: a copy more only after a kill or a lost answer in that very send; all of one name.

    What was sent before an older backup was put back is sent once more.
    """
    problems, heads = [], _heads(world)
    for key, rows in _accepted(world).items():
        excused = [
            row["run"] in world.killed or row["lost"] or row["run"] < world.restored for row in rows
        ]
        if not all(excused[:-1]):
            problems.append(f"I2: {len(rows)} copies of {key}")
        if len({row["message_id"] for row in rows if row["alert"] in heads}) > 1:
            problems.append(f"I2: copies of {key} have different names")
        same_run = Counter(row["run"] for row in rows if not row["lost"])
        problems += [f"I2: sent twice by one process: {key}" for n in same_run.values() if n > 1]
    return problems


def copies(world: World) -> int:
    """How many times anything was told once more."""
    return sum(len(rows) - 1 for rows in _accepted(world).values())


def _left(world: World) -> list[str]:
    """I4: nothing is owed or held any more."""
    rows = world.ask("SELECT id, channel, last_error FROM deliveries WHERE state = 'pending'")
    held = world.ask("SELECT id FROM deliveries WHERE lease_owner IS NOT NULL")
    problems = [f"I1: delivery {row[0]} to {row[1]} still waits: {row[2]}" for row in rows]
    return problems + [f"I4: delivery {row[0]} is still held" for row in held]


def _words(world: World) -> list[str]:
    """I6: no traceback, and no secret in what it said, keeps or shows."""
    said = world.log.read_text(errors="replace") if world.log.exists() else ""
    problems = ["I6: a traceback in the log"] if "Traceback" in said else []
    files = world.backup.parent.glob("*")
    kept = [("the log", said.encode()), ("the database", world.database.read_bytes())]
    kept += [(file.name, file.read_bytes()) for file in files]
    for page, status, body in world.seen:
        kept.append((page, body))
        if status >= 400 and (page, status) != ("/healthz", 503):
            problems.append(f"I6: {page} answers {status}")
    return problems + [f"I6: a secret in {name}" for name, text in kept if CANARY.encode() in text]


def causes(world: World, plan: Plan, status: int) -> list[str]:
    """I6 for one process: whatever it could not do, it said in a line, with what and why."""
    said = world.said()
    problems = []
    if status in (4, 6) and not re.search(_CAUSES[status], said):
        problems.append(f"I6: ended with {status} without a line that says why")
    for line in said.splitlines():
        if "alert not" in line and not re.search(r"cause=\S.* channel=|channel=.*cause=\S", line):
            problems.append(f"I6: a failed send without its channel or cause: {line}")
        if "alert not sent yet" in line and "next_try=" not in line:
            problems.append(f"I6: a failed send without its next try: {line}")
        if "cannot read source" in line and not re.search(r"cause=\S.*next_try=.*source=", line):
            problems.append(f"I6: a failed poll without source, cause or next try: {line}")
    silent = {channel for run, channel in world.stage.failures if run == world.stage.run} - set(
        re.findall(r"alert not.* channel=(\w+)", said)
    )
    if status == 0 and not plan.kills:
        problems += [f"I6: nothing is said of a failure of {channel}" for channel in silent]
    return problems


# What a person is told where the database or the network cannot be used.
_CAUSES = {
    4: r"monitor\.db.*(full|space|locked|another program|restore)|disk",
    6: r"cannot read source.*cause=.*name",
}


def backup(world: World) -> list[str]:
    """A backup is there whole, or not at all."""
    if not world.backup.exists():
        return []
    with closing(sqlite3.connect(world.backup)) as raw:
        damage = raw.execute("PRAGMA integrity_check").fetchone()[0]
        there = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alerts'").fetchone()
    return [] if damage == "ok" and there == (1,) else [f"I4: half a backup: {damage}"]
