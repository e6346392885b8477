from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config.load import load, load_topic
from monitor.errors import ConfigError, UnknownTopic
from tests.config.conftest import MAIN, SOURCES, TOPIC, Tree

pytestmark = pytest.mark.usefixtures("here")


def problems(path: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, environ or {})
    return list(caught.value.problems)


# --- a good one ----------------------------------------------------------------------------------


def test_a_good_configuration_is_read_whole(tree: Tree) -> None:
    config = load(tree(), {})
    assert [source.id for source in config.sources] == ["wire"]
    assert config.topics["office"].title == "The office"
    assert config.settings.polling.every == timedelta(minutes=15)
    assert config.settings.server.password is None


def test_the_data_folder_lies_beside_the_config_folder(tree: Tree, tmp_path: Path) -> None:
    assert load(tree(), {}).data == tmp_path / "data"
    assert load(tree("data: /var/lib/x\n" + MAIN), {}).data == Path("/var/lib/x")


def test_the_data_folder_lies_beside_the_file_when_its_folder_is_not_named_config(
    tree: Tree, tmp_path: Path
) -> None:
    path = tree().parent.rename(tmp_path / "etc") / "monitor.yaml"
    assert load(path, {}).data == tmp_path / "etc" / "data"


def test_the_environment_overrules_the_data_folder(tree: Tree, tmp_path: Path) -> None:
    assert load(tree(), {"MONITOR_DATA": "/data"}).data == Path("/data")
    assert load(tree(), {"MONITOR_DATA": "here"}).data == tmp_path / "here"


def test_a_channels_file_is_made_absolute(tree: Tree, tmp_path: Path) -> None:
    main = "topics: [office]\nchannels:\n  team:\n    url_file: secrets/team\n"
    channel = load(tree(main), {}).settings.channels["team"]
    assert channel.url_file == str(tmp_path / "config" / "secrets" / "team")


def test_yaml_1_2_words_stay_words(tree: Tree) -> None:
    config = load(tree(sources=SOURCES + "    lang: no\n    family: on\n"), {})
    assert (config.sources[0].lang, config.sources[0].family) == ("no", "on")


def test_several_files_and_patterns_are_read_once_each(tree: Tree) -> None:
    path = tree(MAIN + "sources: [sources/*.yaml, sources/press.yaml]\n")
    assert len(load(path, {}).sources) == 1


def test_merge_keys_and_anchors_work(tree: Tree) -> None:
    main = """\
topics: [office]
channels:
  a: &a
    url: console://
    notices: false
  b:
    <<: *a
    notices: true
"""
    channels = load(tree(main), {}).settings.channels
    assert (channels["a"].notices, channels["b"].notices) == (False, True)


# --- each mistake has its line -------------------------------------------------------------------

MISTAKES = [
    ("log: text\nlgo: text\n", 6, "lgo: unknown key (did you mean 'log'?)"),
    (
        "zzzzzz: 1\n",
        5,
        "zzzzzz: unknown key "
        "(known: channels, data, language, log, policy, polling, server, sources, topics)",
    ),
    ("polling:\n  timeuot: 30s\n", 6, "polling.timeuot: unknown key (did you mean 'timeout'?)"),
    ("    ulr: x\n", 5, "channels.console.ulr: unknown key (did you mean 'url'?)"),
    (
        "polling:\n  every: 15\n",
        6,
        "polling.every: write a duration as a number and s, m, h or d, for example 15m",
    ),
    ("polling:\n  every: 0s\n", 6, "polling.every: must be longer than nothing and at most 366d"),
    (
        "polling:\n  timeout: 999999999d\n",
        6,
        "polling.timeout: must be longer than nothing and at most 366d",
    ),
    (
        "polling:\n  max_body: 0MB\n",
        6,
        "polling.max_body: must be larger than nothing and at most 1000MB",
    ),
    (
        "polling:\n  max_body: 10\n",
        6,
        "polling.max_body: write a size as a number and kB or MB, for example 10MB",
    ),
    (
        "polling:\n  max_body: huge\n",
        6,
        "polling.max_body: write a size as a number and kB or MB, for example 10MB",
    ),
    ("polling:\n  concurrent: many\n", 6, "polling.concurrent: must be a whole number"),
    ("polling:\n  per_host: 11\n", 6, "polling.per_host: must be less than or equal to 10"),
    ("polling:\n", 5, "polling: must hold keys of its own, one a line"),
    ("polling:\n  contact: 5\n", 6, "polling.contact: must be text: put it in quotes"),
    (
        "polling:\n  contact: déjà\n",
        6,
        "polling.contact: does not fit: an address or page of yours, named in the"
        " User-Agent so that publishers can reach you; plain ASCII",
    ),
    ("server:\n  enabled: perhaps\n", 6, "server.enabled: must be true or false"),
    (
        "server:\n  listen: localhost\n",
        6,
        "server.listen: write host:port, for example 127.0.0.1:8750",
    ),
    (
        "server:\n  listen: 127.0.0.1:99999\n",
        6,
        "server.listen: write host:port, for example 127.0.0.1:8750",
    ),
    (
        "server:\n  password: longenough\n  password_file: also\n",
        5,
        "server: give password or password_file, not both",
    ),
    (
        "  mail:\n    notices: no\n",
        5,
        "channels.mail: give url or url_file, one of the two, such as url: console://",
    ),
    ("  mail:\n", 5, "channels.mail: must hold keys of its own, one a line"),
    (
        "  My Mail:\n    url: x\n",
        5,
        "channels.My Mail: does not fit: a name is lower-case letters and digits without spaces",
    ),
    ("log: loud\n", 5, "log: must be 'text' or 'json'"),
    ("sources: sources/*.yaml\n", 5, "sources: must be a list, one '- item' a line"),
    ("sources: []\n", 5, "sources: is empty: name at least one"),
    ("sources:\n  - feeds/*\n", 6, "sources[0]: no file matches 'feeds/*' in config"),
    ("data: 2019-03-22\n", 5, "data: must be text: put it in quotes"),
    ("log: text\nlog: json\n", 6, "log: stands twice (first on line 5)"),
    ("polling:\n\tevery: 15m\n", 6, "a tab where spaces belong: YAML is indented with spaces"),
    (
        "log: text: json\n",
        5,
        "a ':' too many: put the value in quotes, or end the line before in ':'",
    ),
    ("polling\n  every: 15m\n", 6, "a ':' is missing here or in the line before"),
    (
        "polling:\n  every\n    fastest: 3m\n",
        7,
        "a ':' too many: put the value in quotes, or end the line before in ':'",
    ),
    ("log: [text\n", 6, "is not YAML: did not find expected ',' or ']'"),
    (
        "log: !!python/name:os.system x\n",
        5,
        "is not YAML: could not determine a constructor for the tag"
        " 'tag:yaml.org,2002:python/name:os.system'",
    ),
    ("log: \x07\n", 5, "is not YAML: a character that may not be there, or too deep"),
]


@pytest.mark.parametrize(("extra", "line", "text"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_a_mistake_in_monitor_yaml_is_one_line_with_its_place(
    tree: Tree, extra: str, line: int, text: str
) -> None:
    assert problems(tree(MAIN + extra)) == [f"config/monitor.yaml:{line}: {text}"]


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ("", ["config/monitor.yaml:1: is empty"]),
        ("# nothing\n", ["config/monitor.yaml:1: is empty"]),
        (
            "- a\n",
            [
                "config/monitor.yaml:1: must hold keys of its own, one a line; it needs topics:, "
                "channels:"
            ],
        ),
        (
            "log: text\n",
            [
                "config/monitor.yaml:1: topics: is missing",
                "config/monitor.yaml:1: channels: is missing",
            ],
        ),
        (
            "topics: []\nchannels: {}\n",
            [
                "config/monitor.yaml:1: topics: is empty: name at least one",
                "config/monitor.yaml:2: channels: is empty: name at least one",
            ],
        ),
        (
            "topics: [offise]\nchannels: {a: {url: 'x://'}}\n",
            [
                "config/monitor.yaml:1: topics[0]: no topic is named 'offise'"
                " (did you mean 'office'?)"
            ],
        ),
        (
            "topics: [../office]\nchannels: {a: {url: 'x://'}}\n",
            [
                "config/monitor.yaml:1: topics[0]: no topic is named '../office'"
                " (did you mean 'office'?)"
            ],
        ),
    ],
)
def test_an_empty_or_incomplete_file_says_what_it_lacks(
    tree: Tree, main: str, expected: list[str]
) -> None:
    assert problems(tree(main)) == expected


SOURCE_MISTAKES = [
    ("    langg: en\n", 5, "sources[0].langg: unknown key (did you mean 'lang'?)"),
    ("    lang: english\n", 5, "sources[0].lang: write a language as its two or three letters, for"
     " example ko"),
    ("    lang: kr\n", 5, "sources[0].lang: 'kr' is a country; the language is 'ko'"),
    ("    zone: Asia/Soul\n", 5,
     "sources[0].zone: 'Asia/Soul' is no time zone (did you mean 'Asia/Seoul'?)"),
    ("    zone: ../../etc/passwd\n", 5, "sources[0].zone: '../../etc/passwd' is no time zone"),
    ("  - url: https://b.example/\n    outlet: B\n", 5, "sources[1].id: is missing"),
    ("  - id: Big\n    url: https://b.example/\n    outlet: B\n", 5, "sources[1].id: does not fit:"
     " the lasting name in the database: lower-case letters, digits, '.', '_', '-'"),
    ("  - id: b\n    url: file:///etc/passwd\n    outlet: B\n", 6, "sources[1].url: must begin with"
     " http:// or https://; files and other schemes are refused"),
    ("  - id: b\n    url: /etc/passwd\n    outlet: B\n", 6, "sources[1].url: must begin with"
     " http:// or https://; files and other schemes are refused"),
    ("  - id: b\n    url: 'http://'\n    outlet: B\n", 6,
     "sources[1].url: is no web address: it needs a host and holds no white space"),
    ("  - id: b\n    url: http://[::1/\n    outlet: B\n", 6, "sources[1].url: Invalid IPv6 URL"),
    ("  - id: b\n    url: http://a b/\n    outlet: B\n", 6,
     "sources[1].url: is no web address: it needs a host and holds no white space"),
    ("  - id: b\n    url: http://b.example/\n    outlet: ''\n", 7,
     "sources[1].outlet: is empty or too short"),
    ("  - id: wire\n    url: https://b.example/\n    outlet: B\n", 5,
     "sources[1].id: 'wire' is taken by config/sources/press.yaml:2: ids are unique"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "line", "text"), SOURCE_MISTAKES)
def test_a_mistake_in_a_sources_file_is_one_line_with_its_place(
    tree: Tree, extra: str, line: int, text: str
) -> None:
    found = problems(tree(sources=SOURCES + extra))
    assert [problem.split(" (known")[0] for problem in found] == [
        f"config/sources/press.yaml:{line}: {text}"
    ]


def test_a_sources_file_without_sources_is_a_mistake(tree: Tree) -> None:
    expected = ["config/sources/press.yaml:1: sources: is empty: name at least one"]
    assert problems(tree(sources="sources: []\n")) == expected


def test_a_sources_file_that_is_a_bare_list_is_told_its_top_key(tree: Tree) -> None:
    assert problems(tree(sources=SOURCES.removeprefix("sources:\n"))) == [
        "config/sources/press.yaml:1: must hold keys of its own, one a line; it needs sources:"
    ]


def test_a_channel_with_a_key_of_another_program_is_told_what_it_lacks_too(tree: Tree) -> None:
    lacks, unknown = problems(tree(MAIN.replace("url: console://", "type: console")))
    wanted = "give url or url_file, one of the two, such as url: console://"
    assert lacks == f"config/monitor.yaml:3: channels.console: {wanted}"
    assert unknown.startswith("config/monitor.yaml:4: channels.console.type: unknown key")


def test_an_id_taken_in_another_file_is_told_with_both_places(tree: Tree) -> None:
    path = tree()
    (path.parent / "sources" / "wires.yaml").write_text("# mine\n" + SOURCES)
    assert problems(path) == [
        "config/sources/wires.yaml:3: sources[0].id: 'wire' is taken by"
        " config/sources/press.yaml:2: ids are unique"
    ]


def test_a_machine_without_time_zones_is_told_so(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is no time zone" in problems(tree(sources=SOURCES + "    zone: Asia\n"))[0]
    monkeypatch.setattr("zoneinfo.available_timezones", set)
    assert problems(tree(sources=SOURCES + "    zone: Mars/Base\n")) == [
        "config/sources/press.yaml:5: sources[0].zone: cannot be looked up:"
        " this machine lacks the package tzdata"
    ]


def test_a_topic_may_only_name_channels_that_exist(tree: Tree) -> None:
    path = tree(topic=TOPIC + "channels:\n  - console\n  - consol\n")
    assert problems(path) == [
        "config/topics/office.yaml:9: channels[1]: no channel is named 'consol'"
        " (did you mean 'console'?)"
    ]


def test_a_mistake_in_a_topic_pack_has_its_place(tree: Tree) -> None:
    path = tree(topic=TOPIC + "titel: x\n")
    assert problems(path) == [
        "config/topics/office.yaml:7: titel: unknown key (did you mean 'title'?)"
    ]


def test_all_problems_of_all_files_are_told_together(tree: Tree) -> None:
    path = tree(
        MAIN + "lgo: text\npolling:\n  evry: 5m\n",
        SOURCES + "    zonne: UTC\n",
        TOPIC + "titel: x\n",
    )
    assert [problem.split(": ")[0] for problem in problems(path)] == [
        "config/monitor.yaml:5",
        "config/monitor.yaml:7",
        "config/sources/press.yaml:5",
        "config/topics/office.yaml:7",
    ]


def test_an_unknown_topic_and_a_good_one_are_told_apart_by_load_topic(tree: Tree) -> None:
    folder = tree().parent / "topics"
    assert load_topic(folder / "office.yaml").title == "The office"
    with pytest.raises(UnknownTopic, match=r"no topic is named 'ofice' \(did you mean 'office'"):
        load_topic(folder / "ofice.yaml")


# --- files that are not readable -----------------------------------------------------------------


def test_a_file_that_is_missing_or_a_folder_says_so(tree: Tree, tmp_path: Path) -> None:
    assert problems(tmp_path / "x.yaml") == ["x.yaml: cannot be read: No such file or directory"]
    assert problems(tree().parent) == ["config: cannot be read: Is a directory"]


def test_a_file_that_is_not_utf_8_says_on_which_line(tree: Tree) -> None:
    path = tree()
    path.write_bytes(MAIN.encode() + "# café\n".encode("latin-1"))
    assert problems(path) == ["config/monitor.yaml:5: is not UTF-8 text: save it as UTF-8"]


def test_a_byte_order_mark_is_no_problem(tree: Tree) -> None:
    path = tree()
    path.write_bytes(b"\xef\xbb\xbf" + MAIN.encode())
    assert load(path, {}).path == path


def test_a_file_nested_too_deep_or_turning_in_circles_is_refused(tree: Tree) -> None:
    deep = problems(tree(MAIN + "log: " + "[" * 700 + "]" * 700 + "\n"))
    assert deep == [
        "config/monitor.yaml:1: is not YAML: a character that may not be there, or too deep"
    ]
    shared = load(tree(MAIN + "polling: &a {}\nserver: *a\n"), {})
    assert shared.settings.server.enabled
    circle = problems(tree(MAIN + "log: &a [*a]\n"))
    assert circle == ["config/monitor.yaml:5: log: must be 'text' or 'json'"]


def test_a_path_outside_the_current_folder_is_shown_whole(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tree(MAIN + "lgo: 1\n")
    monkeypatch.chdir("/")
    assert problems(path)[0].startswith(f"{str(path).lstrip('/')}:5: lgo")
    monkeypatch.chdir(path.parent / "topics")
    assert problems(path)[0].startswith(f"{path}:5: lgo")


# --- secrets -------------------------------------------------------------------------------------

CANARY = "s3cr3t-canary"


@pytest.mark.parametrize(
    "main",
    [
        f"topics: [office]\nchannels:\n  a:\n    url: {{x: {CANARY}}}\n",
        f"topics: [office]\nchannels:\n  a:\n    url: [{CANARY}]\n",
        f"topics: [office]\nchannels:\n  a:\n    url: x://{CANARY}\n    url: x://{CANARY}\n",
        f"topics: [office]\nchannels:\n  a:\n    url: x://{CANARY}\n    url_file: {CANARY}\n",
        f"topics: [office]\nchannels:\n  a: x://{CANARY}\n",
        f"topics: [office]\nchannels:\n  a:\n    url: x: //{CANARY}\n",
        f"topics: [office]\nchannels:\n  a:\n    url: '{CANARY}\n",
        f"topics: [office]\nchannels:\n  a:\n    notices: {CANARY}\n    url: x\n",
        f"{MAIN}server:\n  password: {CANARY}\n  password_file: x\n",
    ],
)
def test_no_problem_prints_a_value_that_may_be_a_secret(tree: Tree, main: str) -> None:
    found = problems(tree(main))
    assert found
    assert CANARY not in "".join(found)


def test_a_configuration_does_not_show_its_secrets(tree: Tree) -> None:
    main = MAIN.replace("console://", f"json://{CANARY}") + f"server:\n  password: {CANARY}\n"
    assert CANARY not in repr(load(tree(main), {}))


# --- the page's address and password -------------------------------------------------------------

OPEN = MAIN + "server:\n  listen: 0.0.0.0:8750\n"


@pytest.mark.parametrize("listen", ["0.0.0.0:80", "'[::]:80'", "monitor.example:80", "10.0.0.1:80"])
def test_I1_a_page_open_to_a_network_needs_a_password(tree: Tree, listen: str) -> None:
    assert problems(tree(f"{MAIN}server:\n  listen: {listen}\n")) == [
        "config/monitor.yaml:6: server.listen: opens the page to a network:"
        " set server.password_file or $MONITOR_PASSWORD"
    ]


@pytest.mark.parametrize("listen", ["127.0.0.1:0", "127.8.9.1:80", "'[::1]:80'", "localhost:80"])
def test_loopback_needs_none(tree: Tree, listen: str) -> None:
    config = load(tree(f"{MAIN}server:\n  listen: {listen}\n"), {})
    assert config.settings.server.listen == listen.strip("'")


def test_a_page_that_is_off_needs_none(tree: Tree) -> None:
    assert not load(tree(OPEN + "  enabled: false\n"), {}).settings.server.enabled


def test_the_password_comes_from_the_file_the_config_or_the_environment(tree: Tree) -> None:
    def password(main: str, environ: dict[str, str]) -> str | None:
        found = load(tree(main), environ).settings.server.password
        return found.get_secret_value() if found else None

    path = tree()
    (path.parent / "word").write_text("in the file\n\n")
    assert password(OPEN + "  password_file: word\n", {}) == "in the file"
    assert password(OPEN + "  password: in the config\n", {}) == "in the config"
    environ = {"MONITOR_PASSWORD": "in the environment"}
    assert password(OPEN + "  password_file: word\n", environ) == "in the environment"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (None, "the file cannot be read: No such file or directory"),
        (b"\xff\xfe", "the file cannot be read: is not UTF-8 text"),
        (b"short\n", "the file holds fewer than 8 characters"),
    ],
)
def test_a_password_file_that_is_no_use_says_why(
    tree: Tree, content: bytes | None, cause: str
) -> None:
    path = tree(OPEN + "  password_file: word\n")
    if content is not None:
        (path.parent / "word").write_bytes(content)
    assert problems(path) == [f"config/monitor.yaml:7: server.password_file: {cause}"]


def test_the_environment_may_open_the_page_but_not_without_a_password(tree: Tree) -> None:
    environ = {"MONITOR_LISTEN": "0.0.0.0:8750"}
    assert "opens the page to a network" in problems(tree(), environ)[0]
    assert (
        "$MONITOR_PASSWORD holds fewer than 8"
        in problems(tree(), {**environ, "MONITOR_PASSWORD": "short"})[0]
    )
    config = load(tree(), {**environ, "MONITOR_PASSWORD": "long enough"})
    assert config.settings.server.listen == "0.0.0.0:8750"
    assert problems(tree(), {"MONITOR_LISTEN": "nonsense"}) == [
        "$MONITOR_LISTEN: write host:port, for example 127.0.0.1:8750"
    ]
