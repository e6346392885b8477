"""The form of an alert in Slack: Block Kit within its limits, everything untrusted escaped.

Limits from Slack's reference: header 150 characters, section 3,000, 50 blocks; a message whose
blocks hold more than about 13,000 characters is refused in practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.alerts.text import cut, escape_slack, fill, slack_text
from monitor.alerts.view import Source, View
from monitor.models import DiffPart, Move

Block = Mapping[str, Any]
HEADER = 150
SECTION = 2_900
TOTAL = 12_000
_CONTEXT = 1_500


def slack_blocks(shown: View) -> tuple[Block, ...]:
    """The blocks in reading order; the last ones are left out where the total would be too long.

    The context line with the id always stays.
    """
    last = _context(shown)
    room = TOTAL - _length(last)
    kept: list[Block] = []
    for block in _body(shown):
        room -= _length(block)
        if room < 0:
            break
        kept.append(block)
    return (*kept, last)


def _body(v: View) -> Iterator[Block]:
    yield {
        "type": "header",
        "text": {"type": "plain_text", "text": cut(v.headline, HEADER), "emoji": False},
    }
    if len(v.headline) > HEADER:
        yield _section(slack_text(v.headline, SECTION))
    if v.moves:
        yield _section(fill(map(_move, v.moves), SECTION))
    if v.facts:
        yield _section(fill((f"• {escape_slack(fact)}" for fact in v.facts), SECTION))
    if v.diff:
        yield _section(_diff(v.diff))
    if v.body:
        lines = v.body.split("\n") if v.own else [v.body]
        yield _section(
            fill(map(escape_slack, lines), SECTION) if v.own else f"&gt; {_line(v.body)}"
        )
    if v.before:
        yield _section(f"*Before:* {_line(v.before)}")
    if v.sources:
        yield _section(fill(_sources(v), SECTION))


def _section(text: str) -> Block:
    # "verbatim" keeps Slack from turning names and addresses in the text into mentions and links.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _context(v: View) -> Block:
    said = " · ".join(filter(None, (v.label, v.topic, "follow-up" if v.follow_up else "", v.time)))
    why = f"\nWhy: {slack_text(v.why, _CONTEXT // 2)}" if v.why else ""
    text = f"{slack_text(said, _CONTEXT // 3)}{why}\nAlert {escape_slack(v.id)}"
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}],
    }


def _line(text: str) -> str:
    return slack_text(text, SECTION - 100)


def _move(move: Move) -> str:
    was = f"~{escape_slack(move.was)}~" if move.was else "unknown"
    return f"*{escape_slack(move.label)}:* {was} → *{escape_slack(move.now)}*"


def _diff(diff: tuple[DiffPart, ...]) -> str:
    marks = {"same": "{}", "added": "*{}*", "removed": "~{}~"}
    # fill() wants lines; here each run is one, so that no mark is cut in half.
    runs = (marks[part.op].format(escape_slack(part.text)) for part in diff)
    return "*Edit:* " + fill(runs, SECTION - 20, "…").replace("\n", " ")


def _sources(v: View) -> Iterator[str]:
    yield f"*{v.voices}*" if v.voices else "*Sources*"
    for source in v.sources:
        yield f"• {_named(source)}: {escape_slack(source.title)}{_note(source)}"
    if v.more_sources:
        yield f"… and {v.more_sources} more"


def _named(source: Source) -> str:
    outlet = escape_slack(source.outlet).replace("|", "¦")
    if source.url is None:
        return outlet
    # The entities hold inside a link as well; "|" and ">" would end the address.
    url = source.url.replace("|", "%7C").replace("&", "&amp;")
    return f"<{url}|{outlet}>"


def _note(source: Source) -> str:
    return f" _({escape_slack(source.note)})_" if source.note else ""


def _length(block: Block) -> int:
    if block["type"] == "context":
        return sum(len(element["text"]) for element in block["elements"])
    return len(block["text"]["text"])
