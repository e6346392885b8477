"""The form of an alert on a terminal: runs of text with rich's style names."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from monitor.alerts.language import Words
from monitor.alerts.view import View

Run = tuple[str, str]
_WIDTH = 96
_STYLES = {"same": "", "added": "bold green", "removed": "strike red"}
_MARKS = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}


def console_runs(shown: View, words: Words) -> tuple[Run, ...]:
    """The alert in lines, readable with and without the styles."""
    return tuple(_runs(shown, words))


def _runs(v: View, w: Words) -> Iterator[Run]:
    yield "\n", ""
    yield _wrapped(v.lead, "■ ", "  "), "bold red" if v.major else "bold"
    follow_up = f" · {w.say('follow_up')}" if v.follow_up else ""
    yield f"  {' · '.join(filter(None, (v.label, v.topic, v.time)))}{follow_up}\n", "dim"
    for move in v.moves:
        yield f"  {move.label}: ", ""
        yield f"{move.was or w.say('unknown')} → ", "dim"
        yield f"{move.now}\n", "bold yellow"
    for fact in v.facts:
        yield _wrapped(fact, "  • ", "    "), ""
    if v.diff:
        yield from _diff(v, w)
    for key, lines in (("gone", v.gone), ("contested", v.contested)):
        for line in lines:
            yield _wrapped(f"{w.say(key)}: {line}", "  ", "  "), "yellow"
    if v.body:
        yield "\n".join(_wrapped(line, "  ", "  ").rstrip("\n") for line in v.body.split("\n")), ""
        yield "\n", ""
    yield from _sources(v, w)
    if v.before:
        yield _wrapped(f"{w.say('before')}: {v.before}", "  ", "  "), "dim"
    for known in v.known:
        yield _wrapped(f"{w.say('known')}: {known}", "  ", "    "), "dim"
    if v.why:
        yield _wrapped(f"{w.say('why_short')}: {v.why}", "  ", "  "), "dim"


def _diff(v: View, w: Words) -> Iterator[Run]:
    yield f"  {w.say('edit_short')}: ", "dim"
    for part in v.diff:
        yield _MARKS[part.op].format(part.text), _STYLES[part.op]
        yield " ", ""
    yield "\n", ""


def _sources(v: View, w: Words) -> Iterator[Run]:
    if v.voices:
        yield f"  {v.voices}\n", "bold"
    for source in v.sources:
        note = f" ({source.note})" if source.note else ""
        yield _wrapped(f"{source.outlet}: {source.title}{note}", "  - ", "    "), ""
        if source.url:
            yield f"    {source.url}\n", "cyan"
    if v.more_sources:
        yield f"  {w.say('more', n=v.more_sources)}\n", "dim"


def _wrapped(text: str, first: str, rest: str) -> str:
    lines = textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False
    )
    return "\n".join(lines or [""]) + "\n"
