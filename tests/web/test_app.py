from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.routing import APIRoute
from lxml import etree

from monitor.errors import StoreForeign
from monitor.models import Alert, Story
from monitor.web import metrics
from monitor.web.app import create_app
from tests.web.conftest import NOW, Page, Pulse, Start, Still, configuration

HTML_PAGES = ["/", "/stories/s1", "/ledger", "/sources", "/deliveries"]
JSON_ROUTES = [
    "/api/status",
    "/api/alerts",
    "/api/stories",
    "/api/stories/s1",
    "/api/ledger",
    "/api/sources",
    "/api/deliveries",
    "/api/openapi.json",
    "/developments.json",
    "/healthz",
]
FILES = ["/page.css", "/icon.svg", "/developments.atom", "/metrics"]


class Reader(HTMLParser):
    """The tags, attributes and text that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def text_of(page: Page, path: str) -> str:
    return read(page.get(path).text).text


# --- every route ---------------------------------------------------------------------------------


def test_every_route_answers_and_none_is_left_out_of_this_test(page: Page) -> None:
    app = create_app(page.store, configuration(), Still(), Pulse())
    paths = {"/api/openapi.json"}
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        paths |= {r.path for r in (inner.routes if inner else [route]) if isinstance(r, APIRoute)}
    paths.remove("/alerts/{alert}/{question}")  # answers of readers: test_actions.py
    tested = [*HTML_PAGES, *JSON_ROUTES, *FILES]
    assert {re.sub("/s1$", "/{story}", path) for path in tested} == paths
    for path in tested:
        assert page.get(path).status_code == 200, path


def test_the_first_start_has_pages_too(start: Start) -> None:
    page = start(seeded=False)
    assert "Nothing new yet." in text_of(page, "/")
    assert "Nothing was read yet." in text_of(page, "/ledger")
    assert "not read yet" in text_of(page, "/sources")
    assert "Nothing was owed to anybody yet." in text_of(page, "/deliveries")
    for path in ("/developments.json", "/developments.atom", "/api/status"):
        assert page.get(path).status_code == 200
    assert "Nothing is sent." in text_of(page, "/deliveries?state=sent")


# --- what the pages say --------------------------------------------------------------------------


def test_the_timeline_leads_with_the_state_card_and_what_it_was(page: Page) -> None:
    text = text_of(page, "/")
    assert "North's staff withdrawn was present 3 h ago" in text
    assert "Phone lines unknown" in text
    assert "Monday, 25 March 2019" in text
    assert "New story, major 3 h ago North withdraws its staff" in text
    assert "North's staff: present → withdrawn" in text
    assert "1 independent origin, 2 outlets · why" in text


def test_the_timeline_goes_back_to_the_first_alert_page_by_page(start: Start) -> None:
    page = start(seeded=False)
    assert "newest" not in page.get("/").text
    with page.store.writing() as unit:
        for number in range(5):
            unit.save_alert(Alert(f"a{number}", "notice", NOW, f"Number {number}"), [])
    shown, path = [], "/?limit=2"
    while path:
        html = page.get(path).text
        shown.append(re.findall(r"Number (\d)", html))
        older = re.search(r'href="([^"]*before=[^"]*)">older', html)
        path = older[1].replace("&amp;", "&") if older else ""
    assert shown == [["4", "3"], ["2", "1"], ["0"]]
    assert "Phone lines" not in html  # the card is of today
    assert 'href="/?limit=2">newest' in html
    assert "There is nothing older." in page.get("/?before=a0").text
    older_still = page.get("/api/alerts?limit=2&before=a3").json()
    assert [alert["id"] for alert in older_still] == ["a2", "a1"]


def test_weeks_of_notices_do_not_push_the_news_out_of_the_feeds(start: Start) -> None:
    page = start()
    with page.store.writing() as unit:
        for number in range(600):
            unit.save_alert(Alert(f"n{number}", "notice", NOW, "A source is in trouble"), [])
    (item,) = page.get("/developments.json").json()["items"]
    assert item["id"].endswith(":alert-1")


def test_a_story_shows_all_it_was_told_by_however_many_alerts_came_since(start: Start) -> None:
    page = start()
    with page.store.writing() as unit:
        for number in range(600):
            unit.save_alert(Alert(f"b{number}", "new fact", NOW, "Since", "office", story="s9"), [])
    assert 'id="alert-alert-1"' in page.get("/stories/s1").text
    (alert,) = page.get("/api/stories/s1").json()["alerts"]
    assert alert["id"] == "alert-1"


def test_an_alert_with_many_facts_keeps_the_later_ones_folded(start: Start) -> None:
    page = start()
    alert = Alert("many", "new fact", NOW, "H", new_facts=tuple(f"fact {n}" for n in range(5)))
    with page.store.writing() as unit:
        unit.save_alert(alert, [])
    html = page.get("/").text
    assert "Who says so · 2 more facts · why" in html
    folded = html.index("<details>")
    assert html.index("fact 2") < folded < html.index("fact 3")


def test_an_alert_of_the_service_about_itself_is_shown_as_such(page: Page) -> None:
    tags = read(page.get("/").text).tags
    own = [attrs for tag, attrs in tags if tag == "article" and "own" in (attrs["class"] or "")]
    assert [attrs["id"] for attrs in own] == ["alert-notice-1"]


def test_a_story_shows_its_origins_articles_edits_and_reasons(page: Page) -> None:
    html = page.get("/stories/s1").text
    text = read(html).text
    assert "2 articles · 2 outlets · 1 origin" in text
    assert "2 versions" in text
    assert re.search(
        r"Title:</span>\s*<del>North withdraws .*</del>\s*<ins>Other words</ins>", html
    )
    assert "Text:" not in text  # a body that is no longer kept is no edit
    assert "copy, silent · why" in text


def test_a_story_without_a_card_or_an_alert_is_shown(start: Start) -> None:
    page = start()
    story = Story("s2", "office", "", NOW, NOW, 0)
    with page.store.writing() as unit:
        unit.save_story(story)
    assert "Nothing of this story was pushed." in text_of(page, "/stories/s2")


def test_a_topic_without_a_card_says_so(start: Start) -> None:
    config = configuration()
    bare = config.topics["office"].model_copy(update={"card": ()})
    page = start(replace(config, topics={"office": bare, "other": bare}))
    text = text_of(page, "/")
    assert "This topic keeps no state card." in text
    assert "3 h ago The office North withdraws" in text  # with two topics each item names its own


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=withdraws+STAFF", 3),
        ("q=https://www.wire.example/1?utm_source=feed", 1),
        ("q=a2", 2),
        ("q=a2&verdict=alert", 0),
        ("q=%20&verdict=silent", 2),
        ("verdict=nonsense", 3),
        ("q=nothing+at+all", 0),
        ("limit=1", 1),
    ],
)
def test_the_ledger_answers_by_address_id_words_and_verdict(
    page: Page, query: str, titles: int
) -> None:
    html = page.get(f"/ledger?{query}").text
    assert html.count("<article") == titles
    assert ("Nothing that was read answers to that." in html) is (titles == 0)
    assert ("The last 1 are shown." in html) is (query == "limit=1")


def test_a_decision_shows_the_words_it_rests_on_and_its_nearest_story(page: Page) -> None:
    html = page.get("/ledger").text
    assert '<mark title="Office, in the title">' in html
    assert 'href="/stories/s1">nearest story</a>' in html
    assert "decide/new-story · 0.50" in read(html).text


def test_sources_in_trouble_come_first_with_their_cause(page: Page) -> None:
    text = text_of(page, "/sources")
    assert "3 sources, 1 in trouble" in " ".join(text.replace(" ,", ",").split())
    assert text.index("The Daily") < text.index("The Late") < text.index("The Wire")
    assert "certificate refused, 3 failures in a row since" in text
    assert "1 source listed and off The Spare" in text
    assert "in 5 min" in text


def test_a_configuration_without_an_enabled_source_says_so(start: Start) -> None:
    config = configuration()
    off = tuple(source.model_copy(update={"enabled": False}) for source in config.sources)
    assert "No source is enabled." in text_of(start(replace(config, sources=off)), "/sources")


def test_deliveries_tell_their_state_and_the_servers_words(page: Page) -> None:
    text = text_of(page, "/deliveries")
    assert "refused North withdraws" in text
    assert "desk@example.org" in text
    refused = page.get("/deliveries?state=refused").text
    assert refused.count("<tr>") == 2
    assert page.get("/deliveries?state=nonsense").text.count("<tr>") == 4


def test_pages_that_change_read_themselves_again_without_a_script(page: Page) -> None:
    for path in ("/", "/sources", "/deliveries"):
        assert '<meta http-equiv="refresh" content="60">' in page.get(path).text
    assert "refresh" not in page.get("/stories/s1").text


# --- health --------------------------------------------------------------------------------------


def test_health_is_green_while_the_service_polls_and_the_store_answers(page: Page) -> None:
    answer = page.get("/healthz")
    assert answer.json() == {"ok": True, "store": "ok", "why": "looked for due sources 0 s ago"}
    assert "working" in text_of(page, "/")


def test_the_head_of_the_page_says_so_when_no_channel_takes_messages(page: Page) -> None:
    assert "not working: no channel takes messages, for example console" in text_of(page, "/")
    assert page.get("/healthz").status_code == 200  # it polls: a restart would mend nothing


def test_I5_health_is_red_with_the_cause_when_nothing_polls(start: Start) -> None:
    page = start()
    page.pulse.ok, page.pulse.why = False, "nothing has polled for 90 s"
    answer = page.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "store": "ok", "why": "nothing has polled for 90 s"}
    assert "not working: nothing has polled for 90 s" in text_of(page, "/")


def test_a_store_that_fails_turns_health_red_and_pages_into_an_explanation(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise StoreForeign("monitor.db is <b>damaged</b>: restore a backup")

    for name in ("next_delivery", "alerts", "card", "source_states"):
        monkeypatch.setattr(page.store, name, broken)
    answer = page.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
    assert answer.json()["store"] == "monitor.db is <b>damaged</b>: restore a backup"
    shown = page.get("/")
    assert shown.status_code == 503
    assert "monitor.db is &lt;b&gt;damaged&lt;/b&gt;: restore a backup" in shown.text
    assert page.get("/api/sources").json() == {
        "detail": "monitor.db is <b>damaged</b>: restore a backup"
    }


def test_the_metrics_say_what_an_alarm_may_rest_on(start: Start) -> None:
    page = start()
    answer = page.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.text.splitlines()
    for line in (
        "liaison_monitor_up 1",
        'liaison_monitor_sources{condition="failing"} 1',
        'liaison_monitor_sources{condition="reading"} 1',
        'liaison_monitor_source_last_read_timestamp_seconds{source="wire"} 1553515200',
        'liaison_monitor_deliveries{state="refused"} 1',
        'liaison_monitor_channel_trouble_messages{channel="console",why="refused"} 1',
        "liaison_monitor_alerts 2",
    ):
        assert line in lines
    form = re.compile(r'liaison_monitor_[a-z_]+(\{([a-z]+="([^"\\\n]|\\.)*",?)+\})? \d+(\.\d+)?')
    figures = [line for line in lines if not line.startswith(("# HELP ", "# TYPE "))]
    assert [line for line in figures if not form.fullmatch(line)] == []
    page.pulse.ok = False
    assert "liaison_monitor_up 0" in page.get("/metrics").text


def test_a_label_may_hold_any_character() -> None:
    assert metrics._labels({"channel": 'a"b\\c\nd'}) == '{channel="a\\"b\\\\c\\nd"}'
    assert metrics._number(1.5) == "1.500"


# --- the API and the feeds -----------------------------------------------------------------------


def test_the_status_counts_what_is_remembered(page: Page) -> None:
    status = page.get("/api/status").json()
    assert status["sources"] == 3
    assert status["failing"] == 1
    assert status["alerts"] == 2
    assert status["deliveries"]["refused"] == 1
    assert status["cards"] == {"office": {"North's staff": "withdrawn", "Phone lines": None}}


def test_a_story_of_the_api_keeps_the_detectors_memory_to_itself(page: Page) -> None:
    story = page.get("/api/stories/s1").json()
    assert story["story"]["title"].startswith("North withdraws")
    assert "memory" not in story["story"]
    assert [alert["id"] for alert in story["alerts"]] == ["alert-1"]
    assert [article["id"] for article in story["articles"]] == ["a2", "a1"]
    assert "memory" not in page.get("/api/stories").json()[0]


def test_the_api_filters(page: Page) -> None:
    assert len(page.get("/api/ledger?verdict=alert").json()) == 1
    assert len(page.get("/api/ledger?q=a2&limit=1").json()) == 1
    assert len(page.get("/api/deliveries?state=pending").json()) == 2
    assert page.get("/api/alerts?topic=nothing").json() == []
    assert page.get("/api/sources").json()[0]["condition"] == "failing"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/ledger?verdict=x", 422),
        ("/api/alerts?limit=0", 422),
        ("/api/stories/nothing", 404),
        ("/api/nothing", 404),
    ],
)
def test_a_wrong_question_to_the_api_is_answered_in_json(
    page: Page, path: str, status: int
) -> None:
    answer = page.get(path)
    assert answer.status_code == status
    assert set(answer.json()) == {"detail"}


def test_a_page_that_is_not_there_says_so_once(page: Page) -> None:
    answer = page.get("/nothing")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.text
    assert "Not Found" not in answer.text


def test_the_api_describes_itself(page: Page) -> None:
    document = page.get("/api/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/status", "/api/alerts", "/api/stories", "/api/stories/{story}", "/api/ledger",
        "/api/sources", "/api/deliveries", "/healthz",
    }  # fmt: skip
    assert all(set(path) == {"get"} for path in document["paths"].values())
    said = document["components"]["schemas"]["Problem"]["properties"]["detail"]["type"]
    assert said == "string"  # as the test above found it
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_a_wrong_method_is_told_the_right_one(page: Page) -> None:
    for path in ("/", "/api/alerts"):
        answer = page.client.post(path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_developments_go_out_as_atom(page: Page) -> None:
    answer = page.get("/developments.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert feed.xpath("count(a:entry)", namespaces=ATOM) == 1  # and no notice
    entry = feed.find("a:entry", ATOM)
    assert entry is not None
    assert entry.findtext("a:id", namespaces=ATOM) == "urn:liaison-monitor:alert:alert-1"
    assert entry.findtext("a:updated", namespaces=ATOM) == "2019-03-25T09:00:00Z"
    links = {link.get("rel"): link.get("href") for link in entry.findall("a:link", ATOM)}
    assert links == {"alternate": f"{page.url}stories/s1", "via": "https://wire.example/1"}
    assert "<strong>withdrawn</strong>" in (entry.findtext("a:content", namespaces=ATOM) or "")


def test_developments_go_out_as_json_feed(page: Page) -> None:
    answer = page.get("/developments.json")
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{page.url}developments.json"
    [item] = feed["items"]
    assert item["id"] == "urn:liaison-monitor:alert:alert-1"
    assert item["url"] == f"{page.url}stories/s1"
    assert item["external_url"] == "https://wire.example/1"
    assert item["tags"] == ["New story", "The office"]


def test_a_development_without_story_or_link_is_still_an_item(start: Start) -> None:
    page = start()
    with page.store.writing() as unit:
        unit.save_alert(Alert("bare", "new fact", NOW, "Bare"), [])
    first = page.get("/developments.json").json()["items"][0]
    assert (first["url"], first["tags"]) == (page.url, ["New fact"])
    assert "external_url" not in first
    feed = etree.fromstring(page.get("/developments.atom").content)
    assert feed.xpath("count(a:entry[1]/a:link)", namespaces=ATOM) == 1


# --- hostile text and hostile questions ----------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "<!--</style></title></textarea><svg onload=alert(1)>",
    "]]></content><entry>",
    "{{7*7}}{% raw %}${7*7}",
    "javascript:alert(1)",
    "a\x00b\x1b[31m\u202ec\ud800\ufffe",
]
ALLOWED = {"http://", "https://", "/"}


@pytest.mark.parametrize("payload", HOSTILE)
def test_I2_no_text_of_a_feed_or_an_error_becomes_markup_or_breaks_a_feed(
    start: Start, payload: str
) -> None:
    text = payload.encode("utf-8", "replace").decode() + " liaison office"
    page = start(configuration(outlet=payload.replace("\ud800", "")[:100]), text)
    for path in [
        *HTML_PAGES,
        "/ledger?q=office",
        f"/ledger?q={payload.encode('utf-8', 'ignore')!r}",
    ]:
        answer = page.get(path)
        assert answer.status_code == 200
        reader = read(answer.text)
        assert not {tag for tag, _ in reader.tags} & {"script", "img", "svg", "style", "iframe"}
        for tag, attrs in reader.tags:
            assert not any(name.startswith("on") for name in attrs), (path, tag, attrs)
            assert "style" not in attrs
            href = attrs.get("href") or "/"
            assert href.startswith(tuple(ALLOWED)), href
            if href.startswith("http"):
                assert "noreferrer" in (attrs.get("rel") or "")
        assert "49" not in reader.text.replace("{{7*7}}", "")
        assert not re.search("[\x00\x1b\u202e]", answer.text)
    well_formed_feeds(page)


def well_formed_feeds(page: Page) -> None:
    feed = etree.fromstring(page.get("/developments.atom").content)
    assert feed.xpath("count(a:entry)", namespaces=ATOM) == 1
    content = feed.findtext("a:entry/a:content", namespaces=ATOM) or ""
    html = page.get("/developments.json").json()["items"][0]["content_html"]
    for text in (content, html):
        assert not {tag for tag, _ in read(text).tags} & {"script", "img", "svg"}


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/stories/..%2f..%2fetc%2fpasswd",
        "/stories/%00",
        "/page.css/../app.py",
        "/static/page.css",
        "/templates/base.html",
        "//evil.example/",
        "/stories/" + "x" * 5000,
        "/docs",
        "/redoc",
    ],
)
def test_I4_no_path_leads_out_of_the_page(page: Page, path: str) -> None:
    answer = page.get(page.url.rstrip("/") + path)
    assert answer.status_code == 404
    assert "Not found" in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("path", ["/?limit=0", "/ledger?limit=999999", "/ledger?q=" + "x" * 2001])
def test_a_wrong_question_to_a_page_is_answered_by_a_page(page: Page, path: str) -> None:
    answer = page.get(path)
    assert answer.status_code == 422
    assert "That is not understood" in answer.text


def test_the_page_only_reads(page: Page) -> None:
    for path in [*HTML_PAGES, *JSON_ROUTES]:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert page.client.request(method, path).status_code == 405


def test_a_source_that_answers_and_may_be_missing_news_is_shown_with_what_to_do(
    page: Page,
) -> None:
    state = page.store.source_state("wire")
    assert state is not None
    with page.store.writing() as unit:
        quiet = replace(state, trouble="silent", cause="Quiet <b>too long</b>.", since=NOW)
        unit.save_source(quiet)
    shown = page.get("/sources").text
    assert "2 in trouble" in shown
    assert "Quiet &lt;b&gt;too long&lt;/b&gt;." in shown
    assert "See on the outlet&#39;s site whether it has news" in shown
    assert "certificate refused, 3 failures in a row since" in shown
    assert "The publisher has to renew it" in shown
    assert page.get("/api/status").json()["doubtful"] == 1
    assert [line["condition"] for line in page.get("/api/sources").json()][:2] == [
        "failing",
        "doubtful",
    ]
