"""The form of an alert in Slack: Block Kit within its limits, everything untrusted escaped.

Limits from Slack's reference: header 150 characters, section 3,000, 50 blocks; a message whose
blocks hold more than about 13,000 characters is refused in practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from monitor.alerts.text import cut, escape_slack, fill, slack_text, unpaged
from monitor.alerts.view import Source, View
from monitor.models import DiffPart, Move

Block = Mapping[str, Any]
HEADER = 150
SECTION = 2_900
TOTAL = 12_000
_LINE = 1_000
_URL = 1_500
_CONTEXT = 1_500


def slack_blocks(shown: View) -> tuple[Block, ...]:
    """The blocks in reading order; the last ones are left out where the total would be too long.

    The context line with the id always stays, and says so.
    """
    room = TOTAL - _CONTEXT
    kept: list[Block] = []
    for block in _body(shown):
        room -= len(block["text"]["text"])
        if room < 0:
            return (*kept, _context(shown, "cut to what Slack takes"))
        kept.append(block)
    return (*kept, _context(shown))


def fallback_text(shown: View) -> str:
    """The same in a few lines of mrkdwn, the headline first.

    Phones show it in their notification, screen readers read it, and servers that know no blocks
    (Mattermost) show nothing else.
    """
    lines = [slack_text(shown.headline, 1_500), *map(_move, shown.moves[:4])]
    lines += [f"• {slack_text(fact, 400)}" for fact in shown.facts[:3]]
    lines += [line for line in list(_sources(shown))[:4] if shown.sources]
    return fill(lines, SECTION, "…")


def _body(v: View) -> Iterator[Block]:
    yield {
        "type": "header",
        "text": {"type": "plain_text", "text": _header(v.headline), "emoji": False},
    }
    if len(v.headline) > HEADER:
        yield _section(slack_text(v.headline, SECTION))
    if v.moves:
        yield _section(fill(map(_move, v.moves), SECTION))
    if v.facts:
        yield _section(fill((f"• {escape_slack(fact)}" for fact in v.facts), SECTION))
    if v.diff:
        yield _section(_diff(v.diff))
    if v.body and v.own:
        yield from _sections(slack_text(line, _LINE) or " " for line in v.body.split("\n"))
    elif v.body:
        yield _section(f"&gt; {_line(v.body)}")
    if v.before:
        yield _section(f"*Before:* {_line(v.before)}")
    if v.sources:
        yield from _sections(_sources(v))


def _sections(lines: Iterable[str]) -> Iterator[Block]:
    """One line or more, in as many sections as they need; slack_blocks cuts what is too much."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) + 1 > SECTION:
            yield _section(text)
            text = ""
        text = f"{text}\n{line}" if text else line
    yield _section(text)


def _section(text: str) -> Block:
    # "verbatim" keeps Slack from turning names and addresses in the text into mentions and links.
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _header(headline: str) -> str:
    """Plain text, which Slack neither parses nor lets us escape: look-alikes for the brackets."""
    return cut(unpaged(headline).replace("<", "‹").replace(">", "›"), HEADER)


def _context(v: View, remark: str = "") -> Block:
    follow_up = "follow-up" if v.follow_up else ""
    said = " · ".join(filter(None, (v.label, v.topic, follow_up, v.time, remark)))
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
    runs = (marks[part.op].format(slack_text(part.text, _LINE)) for part in diff)
    return "*Edit:* " + fill(runs, SECTION - 20, "…").replace("\n", " ")


def _sources(v: View) -> Iterator[str]:
    yield f"*{v.voices}*" if v.voices else "*Articles*"
    for source in v.sources:
        yield f"• {_named(source)}: {slack_text(source.title, 600)}{_note(source)}"
    if v.more_sources:
        yield f"… and {v.more_sources} more"


def _named(source: Source) -> str:
    outlet = slack_text(source.outlet, 120).replace("|", "¦")
    # The entities hold inside a link as well; "|" and ">" would end the address.
    url = (source.url or "").replace("|", "%7C").replace("&", "&amp;")
    return f"<{url}|{outlet}>" if 0 < len(url) <= _URL else outlet


def _note(source: Source) -> str:
    return f" _({escape_slack(source.note)})_" if source.note else ""
