"""How acts are told in Korean, Japanese and Chinese: done, to come, asked for, or only named.

The lines of `ko`, `ja` and `zh` were at hand when the rules were made; those of `…-held` were
written after them and are only measured. By hand, `python -m tests.detect.test_told_as` lists each
line that is misread.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from monitor.detect.facts import facts_of
from monitor.detect.reading import read
from tests.detect.examples import Stream, all_news, article

LINES = Path(__file__).parent / "moods"
TODAY = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)
FLOORS = {"ko": 0.9, "ja": 0.95, "zh": 0.95, "ko-held": 0.87, "ja-held": 0.82, "zh-held": 0.86}
KNOWN = 0.75  # of the lines, at least, have an act that the lexicons know


@dataclass(frozen=True)
class Told:
    """One line, how it is told, and how it was read; no reading where its act is not known."""

    text: str
    told: frozenset[str]
    read_as: frozenset[str]

    @property
    def right(self) -> bool:
        return bool(self.read_as) and self.read_as <= self.told


def read_lines(name: str) -> list[Told]:
    """Every line of a file of moods, read."""
    lines = YAML(typ="safe", pure=True).load(LINES / f"{name}.yaml")
    return [_told(line, name[:2]) for line in lines]


def _told(line: dict[str, str], lang: str) -> Told:
    title, lead = line.get("t", ""), line.get("l", "")
    reading = read(article(title, lead, lang=lang, at=TODAY), all_news())
    acts, told = line["act"].split("|"), frozenset(line["is"].split("|"))
    read_as = frozenset(
        f"{'' if fact.positive else 'not '}{fact.modality.value}"
        for sentence in reading.sentences
        for _, fact in facts_of(sentence, reading, all_news())
        if fact.number is None and fact.act in acts
    )
    return Told(title or lead, told, read_as)


def rate(lines: list[Told]) -> float:
    """The share that is told as it was meant, of the lines whose act is known."""
    known = [line for line in lines if line.read_as]
    return sum(line.right for line in known) / len(known)


def misread(lines: list[Told]) -> str:
    """Each line that is read as something else, one a line."""
    return "\n".join(
        f"  {line.text} | {sorted(line.told)} | read {sorted(line.read_as)}"
        for line in lines
        if not line.right
    )


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_done_asked_for_or_to_come_is_told_apart(name: str) -> None:
    lines = read_lines(name)
    assert rate(lines) >= FLOORS[name], misread(lines)
    assert sum(bool(line.read_as) for line in lines) >= KNOWN * len(lines), misread(lines)


def told(title: str = "", lead: str = "", act: str = "restore") -> frozenset[str]:
    which = {"t": title} if title else {"l": lead}
    return _told({**which, "act": act, "is": ""}, "ko").read_as


def test_verbs_that_are_linked_share_the_last_ones_ending() -> None:
    assert told(lead="당국은 통로를 폐쇄하고 초소를 철거하겠다고 했다.", act="demolish") == {
        "planned"
    }
    assert told(title="“회선 복구하고 재개하겠다”") == {"planned"}
    assert told(title="“회선 복구·재개해야”") == {"proposed"}
    assert told(title="회선 복구하고 재개했다") == {"done"}


def test_a_noun_before_what_is_asked_for_is_but_what_that_is_about() -> None:
    assert told(title="어민들 “협정 파기하라”", act="agree") <= {"unknown"}
    assert told(title="“폐쇄 철회하라”", act="close") == {"unknown"}


def test_a_verb_in_the_present_announces_in_a_title_and_describes_in_a_text() -> None:
    assert told(title="두 나라, 끊긴 회선 복구한다") == {"planned"}
    assert told(lead="기술자들은 고장이 날 때마다 회선을 복구한다.") == {"unknown"}


def test_a_silence_and_a_threat_are_told_by_their_words() -> None:
    assert told(title="“대가를 치를 것” 경고했다", act="threaten") == {"done"}
    assert told(title="또 무응답이냐", act="silent") == {"done"}


def test_what_is_agreed_upon_is_to_come_but_talks_and_an_end_are_not() -> None:
    assert told(title="양측, 회선 복구 합의") == {"planned"}
    assert told(title="양측, 급수 중단 합의", act="stop") == {"done"}
    assert told(title="양측, 실무회담 합의", act="meet") == {"done"}


def test_a_wish_on_an_anniversary_moves_no_card() -> None:
    stream = Stream(stored=True)
    stream.card["lines"] = "cut"
    hoped = stream.tell("남북 통신선 끊긴 지 3주년, 시민단체 “조속히 복원되기를”", lang="ko")
    assert not hoped.moves
    assert stream.card["lines"] == "cut"


def test_what_begins_at_an_hour_is_to_come_until_it_is_told_as_done() -> None:
    stream = Stream(stored=True)
    stream.card["lines"] = "cut"
    assert not stream.tell("남북 통신선 오후 3시부터 복원", lang="ko").moves
    assert [move.now for move in stream.tell("남북 통신선 복원됐다", lang="ko").moves] == [
        "restored"
    ]


def main() -> None:
    """Lists what is misread, file by file."""
    for name in FLOORS:
        lines = read_lines(name)
        known = sum(bool(line.read_as) for line in lines)
        sys.stdout.write(f"{name}: {rate(lines):.3f} of {known} known of {len(lines)}\n")
        sys.stdout.write(misread(lines) + "\n")


if __name__ == "__main__":
    main()
