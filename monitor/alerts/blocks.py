"""The form of an alert in Slack: Block Kit within its limits, everything untrusted escaped.

Limits from Slack's reference: header 150 characters, section 3,000, 50 blocks; a message whose
blocks hold more than about 13,000 characters is refused in practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from monitor.alerts.language import Words
from monitor.alerts.text import escape_slack, fill, slack_text, unpaged
from monitor.alerts.view import Link, Source, View
from monitor.models import DiffPart, Move
from monitor.models.cutting import cut

Block = Mapping[str, Any]
HEADER = 150
SECTION = 2_900
TOTAL = 12_000
_LINE = 1_000
LONGEST_LINK = 1_500
_CONTEXT = 1_500
_LINKS = 2_000
_LONG_LIST = 12  # lines; of a longer list each gets its share of the room


def slack_blocks(shown: View, words: Words, body: str | None = None) -> tuple[Block, ...]:
    """The blocks in reading order; the last ones are left out where the total would be too long.

    The context line with the id always stays, and says so. `body` is an operator's own text, in
    mrkdwn, for all that stands between the first line and the links.
    """
    room = TOTAL - _CONTEXT - (_LINKS if shown.links else 0)
    kept: list[Block] = []
    middle = (
        _body(shown, words) if body is None else _sections(line or " " for line in body.split("\n"))
    )
    for block in (*_head(shown), *middle):
        room -= len(block["text"]["text"])
        if room < 0:
            return (*kept, *_links(shown), _context(shown, words, words.say("cut_slack")))
        kept.append(block)
    return (*kept, *_links(shown), _context(shown, words))


def fallback_text(shown: View, words: Words) -> str:
    """The same in a few lines of mrkdwn, what is new first.

    Phones show it in their notification, screen readers read it, and servers that know no blocks
    (Mattermost) show nothing else.
    """
    lines = [slack_text(shown.lead, 1_500), *(_move(move, words) for move in shown.moves[:4])]
    lines += [f"• {slack_text(fact, 400)}" for fact in shown.facts[:3]]
    lines += [line for line in list(_sources(shown, words))[:4] if shown.sources]
    return fill(lines, SECTION, "…")


def _head(v: View) -> Iterator[Block]:
    yield {
        "type": "header",
        "text": {"type": "plain_text", "text": _header(v.lead), "emoji": False},
    }
    if len(v.lead) > HEADER:
        yield _section(slack_text(v.lead, SECTION))


def _body(v: View, w: Words) -> Iterator[Block]:
    if v.moves:
        yield _section(fill((_move(move, w) for move in v.moves), SECTION))
    if v.facts:
        yield _section(_listed(v.facts))
    if v.diff:
        yield _section(f"*{w.say('edit_short')}:* {_diff(v.diff)}")
    if v.gone:
        yield _section(f"*{w.say('gone')}*\n{_listed(v.gone)}")
    if v.contested:
        yield _section(f"*{w.say('contested')}*\n{_listed(v.contested)}")
    if v.body and v.own:
        yield from _sections(slack_text(line, _LINE) or " " for line in v.body.split("\n"))
    elif v.body:
        yield _section(f"&gt; {_line(v.body)}")
    if v.sources:
        yield from _sections(_sources(v, w))
    if v.before or v.known:
        before = f"*{w.say('before')}:* {_line(v.before)}" if v.before else f"*{w.say('known')}*"
        yield _section(fill([before, *(f"• {escape_slack(one)}" for one in v.known)], SECTION))


def _listed(lines: tuple[str, ...]) -> str:
    return fill((f"• {escape_slack(line)}" for line in lines), SECTION - 100)


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


def _header(lead: str) -> str:
    """Plain text, which Slack neither parses nor lets us escape: look-alikes for the brackets."""
    return cut(unpaged(lead).replace("<", "‹").replace(">", "›"), HEADER)


def _links(v: View) -> Iterator[Block]:
    """What the reader can do: links to pages that ask again. Commands stand in mail alone."""
    links = " · ".join(link for each in v.links if (link := _link(each)))
    if links:
        yield _context_of(links)


def _link(link: Link) -> str:
    url = link.url.replace("|", "%7C").replace("&", "&amp;")
    return f"<{url}|{slack_text(link.label, 80)}>" if 0 < len(url) <= LONGEST_LINK else ""


def _context(v: View, w: Words, remark: str = "") -> Block:
    follow_up = w.say("follow_up") if v.follow_up else ""
    said = " · ".join(filter(None, (v.label, v.topic, follow_up, v.time, remark)))
    why = f"\n{w.say('why_short')}: {slack_text(v.why, _CONTEXT // 2)}" if v.why else ""
    alert = slack_text(w.say("alert", id=v.id), 120)
    return _context_of(f"{slack_text(said, _CONTEXT // 3)}{why}\n{alert}")


def _context_of(text: str) -> Block:
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}],
    }


def _line(text: str) -> str:
    return slack_text(text, SECTION - 100)


def _move(move: Move, w: Words) -> str:
    was = f"~{escape_slack(move.was)}~" if move.was else w.say("unknown")
    return f"*{escape_slack(move.label)}:* {was} → *{escape_slack(move.now)}*"


def _diff(diff: tuple[DiffPart, ...]) -> str:
    marks = {"same": "{}", "added": "*{}*", "removed": "~{}~"}
    # fill() wants lines; here each run is one, so that no mark is cut in half.
    runs = (marks[part.op].format(slack_text(part.text, _LINE)) for part in diff)
    return fill(runs, SECTION - 60, "…").replace("\n", " ")


def _sources(v: View, w: Words) -> Iterator[str]:
    yield f"*{slack_text(v.voices, 300)}*" if v.voices else f"*{w.say('articles')}*"
    if len(v.sources) > _LONG_LIST:
        room = TOTAL - _CONTEXT - 2 * HEADER - len(v.body) - 300
        share = max(room // len(v.sources) - 1, 40)
        yield from (_short(source, share) for source in v.sources)
    else:
        for source in v.sources:
            yield f"• {_named(source)}: {slack_text(source.title, 600)}{_note(source)}"
    if v.more_sources:
        yield w.say("more", n=v.more_sources)


def _short(source: Source, room: int) -> str:
    """A source in at most `room` characters: the headline always, its link where it fits."""
    named, title = f"• {_named(source)}: ", slack_text(source.title, 600)
    least = min(len(title), 40)
    if len(named) + least > room:
        named = f"• {slack_text(source.outlet, 30)}: "
    return named + slack_text(source.title, max(room - len(named), 20))


def _named(source: Source) -> str:
    outlet = slack_text(source.outlet, 120).replace("|", "¦")
    # The entities hold inside a link as well; "|" and ">" would end the address.
    url = (source.url or "").replace("|", "%7C").replace("&", "&amp;")
    return f"<{url}|{outlet}>" if 0 < len(url) <= LONGEST_LINK else outlet


def _note(source: Source) -> str:
    return f" _({escape_slack(source.note)})_" if source.note else ""
