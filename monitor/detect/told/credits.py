"""The names under which an article says it was reported: datelines, credits, quoted agencies.

How a byline is written stands here, words that quote an agency in the grammar files.
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Reading
from monitor.detect.words.text import fold
from monitor.detect.words.topic import Topic

POOL = "joint press pool"
_HEAD, _TAIL = 220, 260  # characters at the two ends of a text that are looked at
_LONGEST = 42  # characters of a name
_NOTE = re.compile(r"^\s*\((?:ATTN|EDS|RECASTS|UPDATES|ADDS|CORRECTS)[^)\n]*\)\s*", re.IGNORECASE)
_POOL = re.compile(
    r"joint press corps|press pool|pool (?:report|photo)|공동\s?취재단|공동취재|代表取材"
)
_NO_NAME = re.compile(
    r"^(?:left|right|l|r|pictured|photo|video|live|file|update[ds]?|corrected|lead|end|ends|fin|ende|끝"
    r"|完|了|终|사진|자료|종합|속보|combo|graphic|opinion|editorial|사설)$"
)
_REPORTER = re.compile(r"[一-鿿々ヶ]{3,5}$")  # 【ソウル山田太郎】: a person of the paper itself

# "(서울=Name)", "[서울=Name]", "【ソウル=Name】"
_EQUATED = re.compile(
    r"^\s*[(\[【（]\s*[^()\[\]【】（）=\n]{1,24}?\s*[=＝]\s*(?P<name>[^()\[\]【】（）=\n]{2,42})\s*[)\]】）]"
)
# "【ソウルName】", "【北京Name】", "【共同】"
_CORNERED = re.compile(
    r"^\s*【(?:[ァ-ヺー・]{2,12}|[一-鿿]{2}(?=[^】]{2}))?\s*(?P<name>[^】\n]{2,42})】"
)
# "SEOUL, June 16 (Name) --", "Seúl, 16 jun (Name).-", "SEOUL (Name) -", "서울 6월 16일(Name)"
_DATELINE = re.compile(
    r"^\s*[^\W\d_a-zа-я][^()\n]{1,58}?\s?[(（](?P<name>[^()（）\n]{2,42})[)）]\s?\.?\s?(?:--?|[–—:])"
)
# "СЕУЛ, 16 июня. /Name/.", "СЕУЛ, 16 июн - Name."
_SLASHED = re.compile(
    r"^\s*[А-ЯЁ][А-Яа-яЁё -]{2,30}, \d{1,2} [а-я]{3,9}\.?\s*"
    r"(?:/(?P<name>[^/\n]{2,42})/|[-–—] (?P<other>[^.,\n]{2,42})\.)"
)
# "首尔6月16日电(Name)", "Name首尔6月16日电", "(中央社首爾16日電)"
_WIRED = re.compile(
    r"^\s*[(（]?(?P<other>[一-鿿]{2,6}?(?:社|网|網))?[一-鿿]{0,6}(?:\d{1,2}月)?\d{1,2}日(?:专|專|综合|綜合)?[电電讯訊]"
    r"(?:\s?[(（](?P<name>[^()（）\n]{2,42})[)）])?"
)
# "سيول (Name) -", "سيول - Name:"
_ARABIC = re.compile(
    r"^\s*[ء-ي ]{3,24}\s*(?:\((?P<name>[^()\n]{2,42})\)|[-–]\s?(?P<other>[^-–:()\n]{2,24})\s?:)"
)
_DATELINES = (_EQUATED, _CORNERED, _WIRED, _SLASHED, _DATELINE, _ARABIC)

_CREDITS = (
    re.compile(
        r"(?:(?:^|[\n(（.])\s*(?:source|via|credit|quelle|fuente|источник|المصدر)"
        r"|출처|来源|來源|配信元|出典)\s?[:：]\s*"
        r"(?P<name>[^\n,，、;|.。()（）]{2,42})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:저작권자|copyrights?|©|ⓒ)(?:\s|\(c\)|[©ⓒ:：]|by |\d{4})*"
        r"(?P<name>[^\s\n,，.|<>(][^\n,，|<>(]{1,41})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:collected|republished|reprinted|reposted|syndicated|adapted|translated) "
        r"(?:from|by|with permission (?:of|from)) (?P<name>[^\n,;|()]{2,42})"
        r"|(?:full|original) (?:story|article) (?:at|on|in) (?P<other>\S{2,42})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:(?:first|originally) (?:published|appeared)|appeared first) (?:on|in|at|by)? ?"
        r"(?P<name>[^\n,;|()]{2,42})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:编译自|編譯自|转自|轉自|转载自|轉載自|翻译自)\s?[:：]?(?P<name>[^\n,，。()（）]{2,24})"
    ),
    re.compile(
        r"\((?:avec|con|mit|with|con información de|с)\s(?P<name>[^()\n]{2,30})\)\s*$",
        re.IGNORECASE,
    ),
    re.compile(r"(?:^|\n)\s*[(（/](?P<name>[^()（）/=:：\n]{2,30})[)）/]\s*$"),
)
_CUT = re.compile(
    r"\s*(?:all rights reserved|무단|및|재배포|금지|禁|에서 구독|기자|$|\s[-–|]\s).*$|\.\s.*$",
    re.IGNORECASE,
)

_QUOTED_FROM = r"{quoted_from}\s?$"


def credit_of(reading: Reading, topic: Topic) -> str | None:
    """Whom an article names as its reporter, None where it names nobody.

    A side's own mouthpiece that is quoted is the source of a statement and not its reporter.
    """
    text = reading.parts.get("body") or reading.parts.get("summary") or ""
    head = _NOTE.sub("", text[: _HEAD + 80])[:_HEAD]
    return _dateline(head, topic) or _credit(text, topic) or _quoted(reading, topic)


def _dateline(head: str, topic: Topic) -> str | None:
    for pattern in _DATELINES:
        match = pattern.match(head)
        name = _name(_named(match), topic) if match else None
        if match is None or name is None:
            continue
        if pattern is _CORNERED and _REPORTER.match(name) and fold(name) not in topic.wires:
            return None
        return POOL if _POOL.search(fold(head[: match.end() + 12])) else name
    first = fold(head.split("\n", 1)[0])
    if _POOL.search(first[:40]):
        return POOL
    return topic.wire_names.get(topic.wires.get(first.strip(" .:-/|"), ""))


def _credit(text: str, topic: Topic) -> str | None:
    tail = text[-_TAIL:]
    for pattern in _CREDITS:
        for match in pattern.finditer(tail):
            name = _name(_named(match), topic)
            if name is not None:
                return name
    return None


def _named(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return groups.get("name") or groups.get("other")


def _name(raw: str | None, topic: Topic) -> str | None:
    """A name without what stands around it; the first of several."""
    if raw is None:
        return None
    name = _CUT.sub("", raw).strip(" .,:;'\"“”‘’-–|[]()")
    if _POOL.search(fold(name)):
        return POOL
    if fold(name) in topic.wires:
        return name
    name = re.split(r"\s?[/·,&、]\s?| and | et | und ", name)[0].strip()
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > 5 or _NO_NAME.match(fold(name)):
        return None
    return name if re.search(r"[^\W\d_]{2}", name) else None


def _quoted(reading: Reading, topic: Topic) -> str | None:
    """An agency that the title or the first sentences give as where they have it from."""
    quoted = reading.tongue.pattern(_QUOTED_FROM)
    behind = reading.tongue.pattern("{quoted_from_behind}")
    for sentence in reading.sentences[:3]:
        for hit in sentence.hits:
            if hit.kind != "wire" or _speaks_for_a_side(hit, sentence.hits):
                continue
            before, after = (
                sentence.text[max(0, hit.start - 24) : hit.start],
                sentence.text[hit.end :],
            )
            if quoted.search(before) or behind.match(after):
                return topic.wire_names[hit.id]
    return None


def _speaks_for_a_side(wire: Hit, hits: tuple[Hit, ...]) -> bool:
    return any(h.kind == "actor" and h.start < wire.end and wire.start < h.end for h in hits)
