"""One mail of each kind, made by the real composer, notices and summaries of this service."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.alerts.compose import (
    FirstRead,
    baseline_summary,
    compose,
    digest,
    still_watching,
    together,
)
from monitor.alerts.language import Words, open_words
from monitor.alerts.notices import SourceNews, broken
from monitor.alerts.render import Forms, render
from monitor.detect import diff
from monitor.models import (
    Alert,
    Article,
    Citation,
    Decision,
    Dispute,
    Fact,
    Kind,
    LedgerRow,
    Modality,
    Move,
    Relevance,
    SourceState,
    Stance,
    Story,
    Verdict,
)
from tests.alerts.examples import HOSTILE

NOW = datetime(2019, 3, 22, 7, 5, tzinfo=UTC)
PAGE = "https://monitor.example.org"
TOPIC = "Inter-Korean liaison office in Kaesong"
FORMS = {code: Forms(open_words(code), PAGE) for code in ("en", "ko")}

FLASH = Article(
    id="a1",
    title='[속보] 통일부 "북측, 남북공동연락사무소에서 철수 통보"',
    seen=NOW,
    summary="북측은 22일 연락대표 접촉에서 '상부의 지시에 따라 철수한다'고 통보하고 철수했다.",
    url="https://news.example.kr/view/AKR20190322?section=nk&site=rss",
    outlet="Persimmon Wire",
    lang="ko",
    published=NOW - timedelta(minutes=2),
)
STORY = Story(
    id="s-1a2b3c",
    topic="liaison-office",
    title=FLASH.title,
    opened=NOW,
    updated=NOW,
    articles=9,
    outlets=tuple(f"outlet {n}" for n in range(9)),
    origins=("Persimmon Wire", "Harbour Wire"),
)
LEFT = Fact(
    act="withdraw",
    actor="north",
    object="staff",
    place="office",
    date="2019-03-22",
    modality=Modality.DONE,
    text="All of the North's officials left the liaison office in Kaesong on Friday afternoon.",
)
FLASHED = Decision(
    article="a1",
    topic="liaison-office",
    verdict=Verdict.ALERT,
    kind=Kind.NEW_STORY,
    stage="gate",
    rule="new story",
    why="The title names the office and says that the North withdraws; no known story tells it.",
    relevance=Relevance.RELEVANT,
    story=replace(STORY, articles=1, outlets=("Persimmon Wire",), origins=("Persimmon Wire",)),
    opens_story=True,
    new_facts=(replace(LEFT, text="북측은 연락사무소에서 철수했다"),),
    moves=(Move("staff", "North's staff", "present", "withdrawn"),),
    major=True,
)
WIRE = Article(
    id="a2",
    title="North Korea pulls out of inter-Korean liaison office, Seoul says",
    seen=NOW + timedelta(hours=1),
    summary="All of the North's officials left the liaison office in Kaesong on Friday afternoon, "
    "Seoul's unification ministry said. 25 South Koreans stay over the weekend.",
    url="https://harbour.example.org/world/korea/liaison-office",
    outlet="Harbour Wire",
    lang="en",
    published=NOW + timedelta(minutes=50),
)
OTHERS = (
    Citation(FLASH.outlet or "", FLASH.title, FLASH.url, "ko", NOW),
    Citation(
        "Tsugumi Wire", "北朝鮮、南北連絡事務所から撤収", "https://tsugumi.example.jp/1", "ja", NOW
    ),
    Citation("Agence Mésange", "La Corée du Nord se retire du bureau de liaison", None, "fr", NOW),
)


def letters(words: Words) -> dict[str, Alert]:
    """Every kind of message by name, its frame in `words` where the composer writes it."""
    flash = _composed(FLASHED, FLASH)
    wire = _composed(_told(Kind.NEW_FACT, LEFT), WIRE, OTHERS, root=flash.id)
    plain = replace(FLASHED, moves=(), major=False)
    return {
        "new": _composed(plain, replace(WIRE, summary="It gave no reason for the step.")),
        "moved": flash,
        "fact": wire,
        "edit": _edited(Kind.FACTUAL_EDIT, "25 South Koreans", "69 South Koreans"),
        "correction": _edited(Kind.CORRECTION, "Friday afternoon", "Thursday evening"),
        "contested": replace(wire, contested=(_differ(),)),
        "digest": digest(_rows(), "liaison-office", TOPIC, NOW, _watch(words), words),
        "together": together((flash, wire), words),
        "health": broken(_broken(), NOW),
        "baseline": baseline_summary(_reads(), TOPIC, NOW, words),
        "hostile": HOSTILE,
    }


def mail(name: str, code: str = "en") -> str:
    """The HTML part of one of them."""
    written = render(letters(FORMS[code].words)[name], "email", FORMS[code])
    assert written.html is not None
    return written.html


def _composed(
    decision: Decision,
    article: Article,
    citations: tuple[Citation, ...] = (),
    root: str | None = None,
) -> Alert:
    id_ = f"{article.id}{article.revision:023d}"
    return compose(
        decision, article, TOPIC, article.seen, root=root, citations=citations, alert_id=id_
    )


def _told(kind: Kind, *facts: Fact) -> Decision:
    return replace(
        FLASHED,
        kind=kind,
        story=STORY,
        opens_story=False,
        moves=(),
        new_facts=(
            *facts,
            Fact(number=25, unit="people", text="25 South Koreans stay over the weekend."),
        ),
        known_facts=(
            replace(
                LEFT, text="북측은 연락사무소에서 철수했다", told_by="Persimmon Wire, 22 March"
            ),
        ),
        why="It says for the first time how many of the South's staff stay.",
    )


def _edited(kind: Kind, was: str, now: str) -> Alert:
    text = (
        "All of the North's officials left the liaison office in Kaesong on Friday afternoon, "
        "Seoul's unification ministry said. 25 South Koreans stay over the weekend. "
        "The office was opened in September 2018."
    )
    old = replace(WIRE, summary=text)
    new = replace(
        WIRE,
        summary=text.replace(was, now),
        seen=NOW + timedelta(hours=3),
        revision=1,
        previous=old,
    )
    decision = replace(
        _told(kind),
        new_facts=(Fact(text=f"{now} is what it says now."),),
        gone_facts=(Fact(text=f"{was} is what it said."),),
        diff=diff(old.summary, new.summary),
        why="The outlet exchanged a statement of its own report.",
    )
    return _composed(decision, new, root="f" * 24)


def _differ() -> Dispute:
    sides = (
        Stance("25 people", ("Harbour Wire",)),
        Stance("69 people", ("Persimmon Wire", "Acorn Portal")),
    )
    return Dispute("number|stay", "How many of the South stay", sides)


def _rows() -> list[LedgerRow]:
    titles = (
        (
            "Seoul to send engineers over the weekend as planned",
            ("The engineers leave on Saturday.",),
        ),
        ("개성 연락사무소 남측 인원 9명 정상 근무", ()),
        ("Analysts see Hanoi behind the step", ("Hanoi", "No date for a return was named.")),
    )
    return [
        LedgerRow(
            NOW, f"d{n}", 0, title, f"https://harbour.example.org/{n}", "wire", "Harbour Wire",
            "liaison-office", "digest", "new fact", "gate", "small", "", "relevant",
            new_facts=facts,
        )
        for n, (title, facts) in enumerate(titles)
    ]  # fmt: skip


def _watch(words: Words) -> str:
    states = [
        SourceState(f"s{n}", "https://x.example/", NOW, last_success=NOW, last_new=NOW)
        for n in range(17)
    ]
    return still_watching(states, NOW, words)


def _broken() -> list[SourceNews]:
    since = NOW - timedelta(hours=2)
    return [
        SourceNews(
            "harbour-en", "Harbour Wire", "certificate refused",
            "The certificate of harbour.example.org expired on 21 March 2019.", since,
            advice="The publisher has to renew it; look at this machine's clock too.",
            next_try=NOW + timedelta(minutes=15),
        ),
        SourceNews(
            "acorn-ko", "Acorn Portal", "refused",
            "acorn.example.kr answers 403 Forbidden to https://acorn.example.kr/rss/north.xml.",
            since, advice="It may have moved: look for a new address.",
        ),
    ]  # fmt: skip


def _reads() -> list[FirstRead]:
    good = [FirstRead(f"Outlet {n}", 30 + n, n % 3) for n in range(6)]
    far = [
        FirstRead(
            f"Far Outlet {n}",
            error=f"the name far{n}.example.org cannot be resolved",
            trouble="name not found",
            advice="Check the spelling of its url; a site that moved needs a new one.",
        )
        for n in range(4)
    ]
    gone = FirstRead("Acorn Portal", error="410 Gone", trouble="gone", advice="Find its new feed.")
    return [*good, *far, gone]
