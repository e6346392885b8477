"""What must hold after each kill and in the end: I1 to I6 of docs/faults.md. Sentences, or none."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from monitor.service.deliver import LEASE
from tests.crash.servers import MAIL, SLACK
from tests.crash.world import CANARY, MATCHED, RECIPIENTS, World

OWED = {(MAIL, recipient) for recipient in RECIPIENTS} | {(SLACK, "webhook")}
Key = tuple[str, str, str]


def claimed(world: World, row: dict[str, Any]) -> str:
    """I3: a committed claim stands behind what a server is just handed."""
    query = (
        "SELECT count(*) FROM deliveries WHERE channel = ? AND state = 'pending' AND attempt > 0 "
        "AND lease_owner IS NOT NULL AND (alert = ? OR message IS NOT NULL)"
    )
    found = world.ask(query, row["channel"], row["alert"])
    return "" if found and found[0][0] else f"I3: {row['channel']} got {row['alert']} unclaimed"


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
    """I1: what was published and matched is accepted by each channel, or listed with a reason."""
    published = {row["etag"] for row in world.stage.published.rows()}
    matched = {title for etag in published for title in world.titles.get(etag, ())} & MATCHED
    alerts = world.ask("SELECT id, json_extract(payload, '$.headline') FROM alerts")
    told = {str(headline): str(id_) for id_, headline in alerts}
    lost = [f"I1: no alert: {title}" for title in matched - told.keys()]
    states = _deliveries(world)
    accepted = _accepted(world)
    for title in matched & told.keys():
        for channel, recipient in OWED:
            state, error, message = states.get((told[title], channel, recipient), ("none", "", ""))
            listed = state in ("refused", "unconfirmed", "expired") and error
            if not (listed or (state == "sent" and (channel, recipient, message) in accepted)):
                lost.append(f"I1: lost for {channel} {recipient}: {title} ({state})")
    return lost


def _deliveries(world: World) -> dict[Key, tuple[str, str, str]]:
    """State, cause, and the id of the message that it went out in."""
    rows = world.ask("SELECT alert, channel, recipient, state, last_error, message FROM deliveries")
    groups: dict[object, list[str]] = defaultdict(list)
    for alert, *_, message in rows:
        groups[message].append(str(alert))
    return {
        (str(alert), str(channel), str(recipient)): (
            str(state),
            str(error or ""),
            str(alert) if message is None or len(groups[message]) == 1 else "together",
        )
        for alert, channel, recipient, state, error, message in rows
    }


def _accepted(world: World) -> dict[Key, list[dict[str, Any]]]:
    """What the servers took, by channel, recipient and alert, oldest first."""
    found: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    for row in world.stage.accepted.rows():
        found[row["channel"], row["recipient"], row["alert"]].append(row)
    return found


def _copies(world: World) -> list[str]:
    """I2: a copy more only after a kill or a lost answer in that very send; all of one name."""
    problems = []
    for key, rows in _accepted(world).items():
        excused = [row["run"] in world.killed or row["lost"] for row in rows]
        if not all(excused[:-1]):
            problems.append(f"I2: {len(rows)} copies of {key}")
        if len({row["message_id"] for row in rows}) > 1:
            problems.append(f"I2: copies of {key} have different names")
        same_run = Counter(row["run"] for row in rows if not row["lost"])
        problems += [f"I2: sent twice by one process: {key}" for n in same_run.values() if n > 1]
    return problems


def copies(world: World) -> int:
    """How many messages were taken more than once."""
    return sum(len(rows) - 1 for rows in _accepted(world).values())


def _left(world: World) -> list[str]:
    """I4: nothing is owed or held any more."""
    rows = world.ask("SELECT id, channel, last_error FROM deliveries WHERE state = 'pending'")
    held = world.ask("SELECT id FROM deliveries WHERE lease_owner IS NOT NULL")
    problems = [f"I1: delivery {row[0]} to {row[1]} still waits: {row[2]}" for row in rows]
    return problems + [f"I4: delivery {row[0]} is still held" for row in held]


def _words(world: World) -> list[str]:
    """I6: no traceback, and no secret in what it said or keeps."""
    said = world.log.read_text(errors="replace")
    problems = ["I6: a traceback in the log"] if "Traceback" in said else []
    for name, kept in (("the log", said.encode()), ("the database", world.database.read_bytes())):
        if CANARY.encode() in kept:
            problems.append(f"I6: a secret in {name}")
    return problems
