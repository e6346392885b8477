"""Documents that a person relies on name what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer.main

from monitor import errors
from monitor.alerts.language import open_words
from monitor.alerts.parts import Templates
from monitor.alerts.render import Forms, render
from monitor.alerts.samples import DEVELOPMENT
from monitor.cli.commands import app
from monitor.config.doubts import check
from monitor.config.load import load
from monitor.service.channels import open_channels

ROOT = Path(__file__).parents[1]


def commands() -> Iterator[str]:
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner:
            yield from (f"{name} {sub}" for sub in inner)
        else:
            yield name


@pytest.mark.parametrize("command", list(commands()))
def test_every_command_is_documented(command: str) -> None:
    assert f"monitor {command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_exit_code_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    codes = {kind.exit_code for kind in kinds if issubclass(kind, errors.MonitorError)}
    for code in codes:
        assert f"| {code} |" in text


def test_the_drawn_error_tree_is_the_error_tree() -> None:
    drawn = set(re.findall(r"[├└─│ ]*([A-Z]\w+) ", errors.__doc__ or ""))
    real = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.MonitorError)
    }
    assert real - {"MonitorError"} <= drawn


def examples(page: str) -> list[dict[str, str]]:
    """The files that a page shows, by section: a block that names its file in its first line."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = []
    for section in re.split(r"^#{2,3} ", text, flags=re.M)[1:]:
        blocks = re.findall(r"^```\w+\n(?:\{#|#) (\S+).*?\n(.*?)^```", section, flags=re.M | re.S)
        if blocks:
            found.append({"section": section.partition("\n")[0], **dict(blocks)})
    return found


@pytest.mark.parametrize("example", examples("operators.md"), ids=lambda each: each["section"])
def test_what_operators_are_shown_can_be_used_as_it_is(
    example: dict[str, str], tmp_path: Path
) -> None:
    files = {"monitor.yaml": "channels:\n  desk:\n    url: ${DESK_SLACK}\n", **example}
    del files["section"]
    files["monitor.yaml"] = f"topics: [liaison-office]\n{files['monitor.yaml']}"
    for name in re.findall(r"url_file: (\S+)", files["monitor.yaml"]):
        files[name] = "slack://T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("topics", "sources"):
        (tmp_path / name).symlink_to(ROOT / "config" / name)
    environ = {
        "DESK_SLACK": "slack://T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "MAIL_USER": "desk",
        "MAIL_PASSWORD": "secret",
        "HOOK_SECRET": "a-secret-of-more-than-16",
        "PING_URL": "https://ping.example.org/1",
    }
    config = load(tmp_path / "monitor.yaml", environ)
    channels = open_channels(config, environ)
    assert set(channels) == set(config.settings.channels)
    assert not [doubt for doubt in check(config, environ) if "is not in use" not in doubt]
    words = open_words(config.settings.language, tmp_path / "words")
    mail = Forms(words, templates=Templates(tmp_path / "templates"))
    written = render(DEVELOPMENT, "email", mail)
    assert written.html is not None
    assert mail.templates.take_failures() == {}


def test_every_section_on_alerts_has_an_example() -> None:
    shown = {example["section"] for example in examples("operators.md")}
    assert {"Routes", "Digests", "Your own form of messages", "Another language"} <= shown


@pytest.mark.parametrize("page", ["operators.md", "commands.md", "configuration.md", "topics.md"])
def test_every_command_that_is_shown_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    known = list(commands())
    for shown in re.findall(r"(?:`|\$ )monitor ([a-z][a-z-]*(?: [a-z]+)?)", text):
        assert any(shown == each or shown.split()[0] == each for each in known) or any(
            each.startswith(f"{shown} ") for each in known
        ), f"{page}: monitor {shown}"


def test_every_decision_has_context_choice_and_price() -> None:
    for file in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = file.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Choice.**", "**Given up.**"):
            assert part in text, f"{file.name} lacks {part}"


# How many rows each part of the catalogue of faults has, from feeds to operators.
CATALOGUE = {"A": 20, "B": 11, "C": 12, "J": 2, "D": 8, "E": 10, "F": 9, "G": 15, "H": 4, "K": 3}


def named_tests() -> dict[str, set[str]]:
    """The test functions of each file, by its place below tests/."""
    here = Path(__file__).parent
    return {
        file.relative_to(here).as_posix(): set(
            re.findall(r"^(?:async )?def (test_\w+)", file.read_text(encoding="utf-8"), re.M)
        )
        for file in here.rglob("test_*.py")
    }


@pytest.mark.parametrize("part", CATALOGUE)
def test_every_row_of_the_fault_catalogue_has_a_test_of_its_name(part: str) -> None:
    names = {name for found in named_tests().values() for name in found}
    for number in range(1, CATALOGUE[part] + 1):
        assert any(re.match(rf"test_(?:\w\d+_)*{part}{number}_", name) for name in names), number


def named_in(row: str) -> list[tuple[str, str]]:
    """(file, pattern of names) pairs; a pattern holds for all files since the one before it."""
    pairs, files, said = list[tuple[str, str]](), list[str](), False
    for file, pattern in re.findall(r"`([\w/]+\.py)?(?:::(test_\w+\*?))?`", row):
        if file:
            files, said = [file] if said else [*files, file], False
        if pattern:
            pairs, said = pairs + [(each, pattern) for each in files], True
    return pairs


def test_each_row_of_the_page_of_faults_names_tests_that_exist() -> None:
    tests = named_tests()
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [A-L]\d+.*", page, flags=re.M)
    for row in (row for row in rows if row.count(" | ") == 3):
        pairs = named_in(row)
        for id_ in re.findall(r"\w\d+", row.split("|")[1]):
            assert any(f"_{id_}_" in pattern for _, pattern in pairs), f"no test of {row}"
        for file, pattern in pairs:
            places = [place for place in tests if f"/{place}".endswith(f"/{file}")]
            assert any(fnmatch(name, pattern) for place in places for name in tests[place]), (
                f"there is no {pattern} in {file}"
            )


def test_no_document_names_a_machine_of_ours() -> None:
    for file in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        assert not re.search(r"(?<![\w.])/(work|root|farm)/", file.read_text(encoding="utf-8")), (
            file
        )


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [page.name[:4] for page in pages]
    assert len(numbers) == len(set(numbers))
    for page, number in zip(pages, numbers, strict=True):
        title = page.read_text(encoding="utf-8").splitlines()[0]
        assert title.startswith(f"# {int(number)}. "), page
