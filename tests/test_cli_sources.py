"""`monitor sources add`, `import` and `export`: a real configuration, a real server on loopback."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from monitor.cli.previewing import show_preview
from monitor.cli.sources import Wish, add_source, export_sources, import_opml
from monitor.config.load import load
from monitor.errors import ConfigError, InputError, MonitorError, SourceError
from tests.acceptance.world import MONITOR, clean
from tests.sources.webserver import Web, response, serving

MAIN = "topics: [liaison-office]\nchannels:\n  console:\n    url: console://\n"
SOURCES = """\
# Our feeds.

sources:
  # The first one.
  - id: wire
    url: https://wire.example/feed
    outlet: The Wire   # a good one
    auth: {token: "${SOURCE_TOKEN}"}
# The end.
"""
FEED = b"""<rss version="2.0"><channel><title>Desk News</title><language>en-GB</language>
<item><title>North Korea pulls its staff out of the Kaesong liaison office</title>
<link>https://desk.example/2</link><pubDate>Fri, 22 Mar 2019 12:00:00 GMT</pubDate>
<description>North Korea withdrew all of its staff from the inter-Korean liaison office in
Kaesong on Friday, the unification ministry said.</description></item>
<item><title>Rain in Seoul</title><link>https://desk.example/1</link>
<pubDate>Fri, 22 Mar 2019 06:00:00 GMT</pubDate></item>
<item><title>Sun in Busan</title><link>https://desk.example/0</link>
<pubDate>Fri, 22 Mar 2019 00:00:00 GMT</pubDate></item></channel></rss>"""
LIST = "".join(
    f"<li class='news-item'><a href='/n/{n}'>A headline that is long enough, number {n}</a>"
    f"<span class='date'>2019-03-{n:02}</span></li>"
    for n in range(1, 8)
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = tmp_path / "config"
    (config / "sources").mkdir(parents=True)
    (config / "topics").mkdir()
    shipped = Path(__file__).parents[1] / "config" / "topics" / "liaison-office.yaml"
    (config / "topics" / "liaison-office.yaml").write_bytes(shipped.read_bytes())
    (config / "monitor.yaml").write_text(MAIN)
    (config / "sources" / "a.yaml").write_text(SOURCES)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_TOKEN", "canary-token")
    return config


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as server:
        server.answers["/feed"] = response(FEED)
        yield server


async def add(url: str, *, private: bool = True, **options: Any) -> None:
    flags = {"file": None, "page": False, "dry_run": False, "yes": True, "want_json": False}
    flags |= {name: options.pop(name) for name in list(options) if name in flags}
    wish = Wish(url, allow_private=private, **options)
    await asyncio.to_thread(lambda: add_source(None, wish, **flags))  # type: ignore[arg-type]


def sources(home: Path) -> dict[str, Any]:
    return {source.id: source for source in load(home / "monitor.yaml").sources}


async def test_a_feed_is_shown_and_written_below_the_others(
    home: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    await add(web.url("/feed"), file="sources/a.yaml", id="desk", every="20m")
    text = (home / "sources" / "a.yaml").read_text()
    assert text.startswith(SOURCES)
    assert text.removeprefix(SOURCES) == (
        f"\n  - id: desk\n    url: {web.url('/feed')}\n    outlet: Desk News\n    lang: en\n"
        "    every: 20m\n    allow_private: true\n"
    )
    assert sources(home)["desk"].outlet == "Desk News"
    out = capsys.readouterr().out
    assert (
        "3 entries, the newest of 2019-03-22 12:00Z; 4 a day; what is not read within 12 h" in out
    )
    assert "liaison-office: 1 of these relevant, 0 passing mentions, 1 would have been al" in out
    assert "North Korea pulls its staff out" in out
    assert "Written: config/sources/a.yaml" in out


async def test_a_feed_in_a_language_that_nobody_reads_is_told_and_added(
    home: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    web.answers["/feed"] = response(FEED.replace(b"en-GB", b"it-IT"))
    await add(web.url("/feed"), id="notizie")
    out = capsys.readouterr().out
    assert "warning: notizie: articles in 'it' are read in part" in out
    assert sources(home)["notizie"].lang == "it"
    await asyncio.to_thread(show_preview, None, "notizie", False)
    assert "warning: notizie: articles in 'it'" in capsys.readouterr().out


async def test_the_feed_that_a_page_announces_is_found(
    home: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    web.answers["/"] = response(
        b"<html><head><title>Desk</title>"
        b"<link rel=alternate type=application/rss+xml href=/comments/feed>"
        b"<link rel=alternate type=application/rss+xml href=/gone>"
        b"<link rel=alternate type=application/rss+xml href=feed></head></html>"
    )
    await add(web.url("/"), want_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["source"]["url"] == web.url("/feed")
    assert told["others"] == [web.url("/gone"), web.url("/comments/feed")]
    assert (told["a_day"], told["window_hours"], told["entries"]) == (4.0, 12.0, 3)
    assert told["topics"]["liaison-office"]["relevant"] == 1
    assert told["written"] == "config/sources/added.yaml"
    assert told["source"]["id"] == "desk-news"  # the host is but numbers
    assert sources(home)[told["source"]["id"]].url == web.url("/feed")


async def test_a_feed_in_a_usual_place_is_found(home: Path, web: Web) -> None:
    web.answers["/news/"] = response(b"<html><body>Hello</body></html>")
    await add(web.url("/news/"), id="desk", outlet="The Desk", lang="ko", zone="Asia/Seoul")
    source = sources(home)["desk"]
    assert (source.url, source.outlet, source.lang) == (web.url("/feed"), "The Desk", "ko")
    assert [seen.path for seen in web.seen] == ["/news/", "/news/feed", "/feed"]


async def test_a_page_without_a_feed_is_offered_with_a_guess(
    home: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    web.answers["/feed"] = response(status="404 Not Found")
    web.answers["/list"] = response(
        f"<html><nav>{LIST.replace('news-item', 'menu')}</nav><ul>{LIST}</ul></html>".encode()
    )
    with pytest.raises(ConfigError, match="no feed was found; --page adds the page itself"):
        await add(web.url("/list"))
    assert "item: li.news-item" in capsys.readouterr().out
    assert set(sources(home)) == {"wire"}
    await add(web.url("/list"), page=True, id="list")
    page = sources(home)["list"].page
    assert (page.item, page.date) == ("li.news-item", "span.date")
    assert "7 entries, the newest of 2019-03-07" in capsys.readouterr().out


async def test_a_feed_that_a_page_only_links_to_is_found(home: Path, web: Web) -> None:
    web.answers["/hidden/7"] = web.answers.pop("/feed")
    web.answers["/"] = response(
        b"<html><base href='/hidden/'><a href='/express'>Express</a> <a href='7'>RSS</a></html>"
    )
    await add(web.url("/"), id="desk")
    assert sources(home)["desk"].url == web.url("/hidden/7")
    assert "/express" not in [seen.path for seen in web.seen]


async def test_an_old_leftover_does_not_slow_the_rhythm(
    home: Path, web: Web, capsys: pytest.CaptureFixture[str]
) -> None:
    last = b"</channel></rss>"
    old = b"<item><title>Old</title><pubDate>Fri, 22 Mar 2012 00:00:00 GMT</pubDate></item>"
    web.answers["/feed"] = response(FEED.replace(last, old + last))
    await add(web.url("/feed"), id="desk")
    assert "; 4 a day; what is not read within 18 hours is missed" in capsys.readouterr().out
    slow = FEED.replace(b"22 Mar 2019 00:", b"01 Mar 2019 00:").replace(
        b"22 Mar 2019 06", b"12 Mar 2019 12"
    )
    web.answers["/slow"] = response(slow)
    await add(web.url("/slow"), id="slow")
    assert "; one in 10.8 days; " in capsys.readouterr().out


async def test_a_page_is_added_itself_when_that_is_said(home: Path, web: Web) -> None:
    web.answers["/list"] = response(f"<html><ul>{LIST}</ul><a href='/feed'>RSS</a></html>".encode())
    await add(web.url("/list"), page=True, id="list")
    assert sources(home)["list"].page.item == "li.news-item"
    assert [seen.path for seen in web.seen] == ["/list"]


async def test_where_a_page_is_wanted_and_has_no_list_its_feed_is_not_taken_instead(
    home: Path, web: Web
) -> None:
    web.answers["/bare"] = response(b"<html><p>Nothing here.</p><a href='/feed'>RSS</a></html>")
    with pytest.raises(SourceError, match="no list of articles was found on this page"):
        await add(web.url("/bare"), page=True, id="list")
    assert [seen.path for seen in web.seen] == ["/bare"]


async def test_a_sitemap_of_everything_is_no_feed_of_news(home: Path, web: Web) -> None:
    del web.answers["/feed"]
    web.answers["/index.xml"] = response(
        f"<urlset><url><loc>{web.url('/a')}</loc></url></urlset>".encode()
    )
    web.answers["/"] = response(b"<html><body>Hello</body></html>")
    with pytest.raises(SourceError, match="a web page, not a feed"):
        await add(web.url("/"))


async def test_nothing_to_read_is_one_clear_line(home: Path, web: Web) -> None:
    web.answers["/feed"] = response(status="404 Not Found")
    web.answers["/empty"] = response(b"<html><body>Hello</body></html>")
    with pytest.raises(SourceError, match=r"a web page, not a feed; .* none of 9 places") as error:
        await add(web.url("/empty"))
    assert "\n" not in str(error.value)
    web.answers["/other"] = response(b"quota exceeded")
    with pytest.raises(SourceError, match="so no feed; it begins: quota exceeded"):
        await add(web.url("/other"))
    assert len(list((home / "sources").iterdir())) == 1


async def test_C1_a_private_address_is_not_read_unless_allowed(home: Path, web: Web) -> None:
    with pytest.raises(SourceError, match=r"^127.0.0.1 is not a .* --allow-private"):
        await add(web.url("/feed"), private=False)
    assert web.seen == []


@pytest.mark.parametrize(
    ("url", "options", "message"),
    [
        ("https://www.wire.example/feed/", {}, r"config/sources/a.yaml:5: 'wire' reads this add"),
        ("https://b.example/", {"id": "wire"}, r"config/sources/a.yaml:5: 'wire' is taken"),
        ("https://b.example/", {"id": "A b"}, r"--id: use lower-case letters, digits"),
        ("https://b.example/", {"lang": "kr"}, r"--lang: 'kr' is a country"),
        ("https://b.example/", {"every": "soon"}, r"--every: write a duration"),
        ("ftp://b.example/", {}, r"the address must begin with http"),
    ],
)
async def test_H1_what_cannot_be_added_is_said_before_anything_is_read(
    home: Path, url: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        await add(url, **options)
    assert (home / "sources" / "a.yaml").read_text() == SOURCES


async def test_an_announced_feed_that_is_known_is_refused(home: Path, web: Web) -> None:
    (home / "sources" / "b.yaml").write_text(
        f"sources:\n- id: desk\n  url: {web.url('/feed')}\n  outlet: Desk\n"
    )
    web.answers["/"] = response(b"<link rel=alternate type=application/rss+xml href=feed>")
    web.answers["/"] = response(
        b"<html><link rel=alternate type=application/rss+xml href=/feed></html>"
    )
    with pytest.raises(ConfigError, match=r"b.yaml:2: 'desk' reads the feed found there \(http"):
        await add(web.url("/"))


async def test_looking_writes_nothing_and_a_script_must_say_yes(home: Path, web: Web) -> None:
    await add(web.url("/feed"), dry_run=True)
    with pytest.raises(ConfigError, match="say --yes to write it, or --dry-run to only look"):
        await add(web.url("/feed"), yes=False)
    assert set(sources(home)) == {"wire"}


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("feeds.yaml", None, "is not read: sources in monitor.yaml names sources/"),
        ("sources/b.yaml", "sources: [{id: b, url: 'https://b.test', outlet: B}]\n",
         "is not written as '- item' lines"),
    ],
)  # fmt: skip
async def test_a_file_that_cannot_take_the_source_is_left_alone(
    home: Path, web: Web, file: str, text: str | None, message: str
) -> None:
    if text:
        (home / file).write_text(text)
    with pytest.raises(ConfigError, match=message):
        await add(web.url("/feed"), file=file)
    assert (home / file).exists() == (text is not None)


OPML = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Asia"><outline title="Desk & Co" xmlUrl="https://desk.example/rss" language="en-us"/>
<outline text="한국 신문" xmlUrl="https://www.paper.co.kr/rss/all.xml"/></outline>
<outline text="Known" xmlUrl="https://wire.example/feed/"/><outline text="No feed"/>
<outline text="Odd" xmlUrl="javascript:x"/>
<outline text="Old" xmlUrl="feed://old.example/rss"/>
<outline text="Paid" xmlUrl="https://kim:canary@paid.example/rss"/></body></opml>"""


def test_an_opml_list_is_taken_over(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "My Feeds.opml"
    file.write_text(OPML)
    import_opml(None, file, dry_run=True, want_json=False)
    assert set(sources(home)) == {"wire"}
    import_opml(None, file, dry_run=False, want_json=True)
    found = sources(home)
    assert (found["desk-co"].outlet, found["desk-co"].lang) == ("Desk & Co", "en")
    assert found["paper"].outlet == "한국 신문"
    out = capsys.readouterr().out
    told = json.loads(out[out.index("{\n") :])
    assert told["written"] == "config/sources/my-feeds.yaml"
    assert len(told["left_out"]) == 3
    assert "https://***@paid.example/rss: the address holds a user name" in told["left_out"][2]
    assert "canary" not in out
    assert found["old"].url == "http://old.example/rss"
    assert "config/sources/a.yaml:5: 'wire' reads this address already" in told["left_out"][0]
    import_opml(None, file, dry_run=False, want_json=False)
    assert "0 of 6 feeds are new.\n" in capsys.readouterr().out


def test_the_feeds_of_a_list_may_all_live_in_a_private_network(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "own.opml"
    file.write_text("<opml><body><outline title='Own' xmlUrl='http://10.0.0.9/rss'/></body></opml>")
    import_opml(None, file, dry_run=False, want_json=False, private=True)
    assert sources(home)["own"].allow_private
    assert not sources(home)["wire"].allow_private


async def test_the_first_source_can_be_looked_at_and_added_where_there_is_none(
    home: Path, web: Web, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "sources" / "a.yaml").unlink()
    with pytest.raises(ConfigError, match="`monitor sources add URL` makes the first"):
        sources(home)
    await asyncio.to_thread(show_preview, None, web.url("/feed"), True)
    assert "3 entries, 0 of them known already" in capsys.readouterr().out
    await add(web.url("/feed"), id="desk")
    assert set(sources(home)) == {"desk"}
    (home / "sources" / "added.yaml").unlink()
    (tmp_path / "list.opml").write_text(OPML)
    import_opml(None, tmp_path / "list.opml", dry_run=False, want_json=False)
    assert "paper" in sources(home)


async def test_a_feed_with_a_key_is_written_with_it_and_shown_without(
    home: Path, web: Web, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FEED_KEY", "canary-1")
    web.answers["/keyed?key=canary-1"] = web.answers["/feed"]
    await add(web.url("/keyed?key=${FEED_KEY}"), id="desk")
    web.answers["/keyed?key=canary-2"] = web.answers["/feed"]
    await add(web.url("/keyed?key=canary-2"), id="other", want_json=True)
    text = (home / "sources" / "added.yaml").read_text()
    assert "/keyed?key=${FEED_KEY}\n" in text
    assert "/keyed?key=canary-2\n" in text
    export_sources(None, opml=True, want_json=False)
    out = capsys.readouterr().out
    assert "/keyed?key=${FEED_KEY}\n" in out
    assert "/keyed?key=***" in out
    assert "canary" not in out
    export_sources(None, opml=True, want_json=False, secrets=True)
    assert "/keyed?key=canary-1" in capsys.readouterr().out
    with pytest.raises(ConfigError, match="the environment variable NOWHERE is not set"):
        await add(web.url("/keyed?key=${NOWHERE}"))


async def test_no_page_and_no_list_can_ask_for_a_secret_of_the_environment(
    home: Path, web: Web, tmp_path: Path
) -> None:
    web.answers["/?a=${SOURCE_TOKEN}"] = web.answers.pop("/feed")
    web.answers["/"] = response(
        b"<html><link rel=alternate type=application/rss+xml href='/?a=${SOURCE_TOKEN}'></html>"
    )
    await add(web.url("/"), id="desk")
    assert sources(home)["desk"].url == web.url("/?a=$%7BSOURCE_TOKEN}")
    file = tmp_path / "list.opml"
    file.write_text(
        "<opml><body><outline title='Evil' xmlUrl='https://e.test/${SOURCE_TOKEN}'/></body></opml>"
    )
    import_opml(None, file, dry_run=False, want_json=False)
    assert sources(home)["evil"].url == "https://e.test/$%7BSOURCE_TOKEN}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://h.example/feed", "must begin with http:// or https://"),
        ("http://kim:canary@h.example/feed", "holds a user name"),
        ("http://[::1/feed", "the address"),
        ("http:///feed", "it needs a host"),
    ],
)
def test_an_address_that_is_none_is_said_in_one_line(home: Path, url: str, why: str) -> None:
    for command in (("preview", url), ("sources", "add", url, "--dry-run")):
        done = subprocess.run(
            [*MONITOR, *command], cwd=home.parent, env=clean() | {"SOURCE_TOKEN": "x"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert why in done.stderr
        assert "canary" not in done.stderr


@pytest.mark.parametrize("text", [None, "<rss/>", "nothing"])
def test_a_list_that_is_none_is_an_unusable_file(
    home: Path, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "list.opml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(InputError, match=r"cannot be read|is no OPML list; it begins"):
        import_opml(None, file, dry_run=False, want_json=False)


def test_what_is_exported_can_be_imported_and_tells_no_secret(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_sources(None, opml=True, want_json=False)
    opml = capsys.readouterr().out
    export_sources(None, opml=False, want_json=False)
    yaml = capsys.readouterr().out
    export_sources(None, opml=False, want_json=True)
    plain = capsys.readouterr().out
    assert "canary" not in opml + yaml + plain
    assert "SOURCE_TOKEN" not in opml + yaml + plain
    assert json.loads(plain) == [
        {"id": "wire", "url": "https://wire.example/feed", "outlet": "The Wire"}
    ]
    (home / "sources" / "a.yaml").write_text(yaml)
    assert set(sources(home)) == {"wire"}
    (home / "sources" / "a.yaml").write_text(
        "sources:\n- {id: other, url: 'https://o.test/', outlet: O}\n"
    )
    file = tmp_path / "back.opml"
    file.write_text(opml)
    import_opml(None, file, dry_run=False, want_json=False)
    assert sources(home)["the-wire"].url == "https://wire.example/feed"


@pytest.mark.slow
def test_the_commands_run_as_people_run_them(home: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        env = clean() | {"SOURCE_TOKEN": "canary-token"}
        return subprocess.run(
            [*MONITOR, "sources", *words], cwd=home.parent, env=env, capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip

    done = run("add", "http://127.0.0.1:9/feed", "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("monitor: 127.0.0.1 is not")
    assert done.stderr.count("\n") == 1
    assert run("export", "--opml").stdout.startswith("<?xml")
    assert run("import", "nowhere.opml").returncode == 3
    assert issubclass(SourceError, MonitorError)
