"""What Korean, Japanese and Chinese grammar says of an act."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.detect.sense.facts import facts_of
from monitor.detect.words.reading import read
from tests.detect.examples import Stream, all_news, article

TODAY = datetime(2026, 3, 10, 3, 0, tzinfo=UTC)


def told(title: str = "", lead: str = "", act: str = "restore", lang: str = "ko") -> set[str]:
    reading = read(article(title, lead, lang=lang, at=TODAY), all_news())
    return {
        fact.modality.value
        for sentence in reading.sentences
        for _, fact in facts_of(sentence, reading, all_news())
        if fact.number is None and fact.act == act
    }


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


def test_the_day_of_an_act_counts_and_not_that_of_its_announcement() -> None:
    assert told(lead="시는 10일 새 다리 개통식을 15일 연다고 밝혔다.", act="open") == {"planned"}
    assert told(
        lead="市は10日、新しい橋の開通式を15日に開くと発表した。", act="open", lang="ja"
    ) == {"planned"}
    assert told(lead="市政府10日表示,新桥通车仪式15日举行。", act="open", lang="zh") <= {"planned"}
    assert told(lead="다리 개통은 10일, 축하 행사는 15일이다.", act="open") == {"unknown"}


def test_what_is_told_of_an_act_does_not_tell_the_act() -> None:
    assert told(title="새 청사 개소식 명단 보니", act="open") == {"unknown"}
    assert told(title="개소식 날 합의서 서명한다", act="open") == {"unknown"}
    assert told(title="청사 폭파 배경은", act="demolish") == {"unknown"}
    assert told(title="支所の開所式の名簿を公表", act="open", lang="ja") <= {"unknown"}
    assert told(title="새 청사 개소식", act="open") == {"done"}


def test_a_headline_of_what_and_when_tells_what_is_to_come() -> None:
    assert told(title="国境の橋の再開、早くて来月", act="resume", lang="ja") == {"planned"}
    assert told(title="国境の橋を再開、市民ら歓声", act="resume", lang="ja") == {"done"}
    assert told(title="12日にも検問所閉鎖", act="close", lang="ja") == {"planned"}
    assert told(title="休日にも役所を閉鎖", act="close", lang="ja") == {"done"}


def test_what_is_observed_is_no_expectation_but_what_is_rumoured_is() -> None:
    assert "planned" not in told(lead="気象台は岩盤の崩落を観測した。", act="collapse", lang="ja")
    assert told(title="代表部の撤収観測広がる", act="withdraw", lang="ja") == {"planned"}


def test_in_chinese_what_is_denied_or_threatened_may_follow_the_act() -> None:
    assert told(lead="市长说,关闭公园的传言不实。", act="close", lang="zh") == {"denied"}
    assert told(lead="市长驳斥关闭公园的传言。", act="close", lang="zh") == {"denied"}
    assert told(title="商会以关闭市场相要挟", act="close", lang="zh") == {"threatened"}
    assert told(title="重开渡口无望", act="resume", lang="zh") == {"unknown"}
    assert told(title="该说法具有意义 渡口关闭", act="close", lang="zh") == {"done"}


def test_in_chinese_what_was_not_held_is_denied_behind_its_noun() -> None:
    for title in ("本月渔业谈判未能举行", "渔业谈判不开了", "漁業談判因此沒有召開"):
        assert not is_positive(title), title
    assert is_positive("渔业谈判不开放旁听")
    assert is_positive("渔业谈判顺利举行")


def is_positive(title: str) -> bool:
    """Whether the talks of a Chinese title took place."""
    reading = read(article(title, lang="zh", at=TODAY), all_news())
    assert reading.title is not None
    facts = [fact for _, fact in facts_of(reading.title, reading, all_news())]
    return any(fact.act == "meet" and fact.positive for fact in facts)


def test_what_is_denied_behind_the_dots_of_a_headline_is_another_thing() -> None:
    assert told(title="교대 인원 전원 귀환…다친 사람 없어", act="return") == {"done"}
    assert told(title="단호히 대응하겠다", act="accept") == set()


def test_what_comes_behind_the_dots_of_a_flash_is_not_of_its_deed() -> None:
    assert told(lead="[속보] 두 나라, 끊긴 회선 복구했다…양국 곧 발표") == {"done"}
    assert "planned" not in told(lead="[속보] 두 나라, 끊긴 회선 복구…양국 곧 발표")
    assert told(lead="두 나라, 끊긴 회선 곧 복구") == {"planned"}


def test_what_an_office_is_called_and_what_it_has_to_do_are_no_deeds() -> None:
    assert told(title="두 나라, 공동회담본부 열어", act="meet") == set()
    assert told(title="両国、会談本部を置く", act="meet", lang="ja") == set()
    assert told(title="두 나라 회담 열려", act="meet") == {"done"}
    assert told(title="새 부서, 회선 복구 맡는다") == {"unknown"}
    assert told(title="새 부서, “회선 복구·관리” 전담") == {"unknown"}


def test_what_becomes_of_an_agreement_that_there_is_is_no_agreeing() -> None:
    assert told(lead="그는 양국 합의가 지켜지지 않았다고 했다.", act="agree") == {"unknown"}
    assert told(title="“합의문을 준수하라”", act="agree") == {"unknown"}
    assert told(title="양국, 회선 복구에 합의했다", act="agree") == {"done"}


def test_a_topic_is_what_is_spoken_of_and_tells_no_deed() -> None:
    assert told(title="다리 붕괴 3년…철거는 제자리", act="demolish") == {"unknown"}
    assert told(title="철거는 다음 달 3일", act="demolish") == {"planned"}  # it is announced
    assert told(title="철거는 끝났다", act="demolish") == {"done"}


def test_a_silence_that_lasts_is_no_answer() -> None:
    assert told(title="시청, 주민 질의에 무응답 한 달", act="answer") == set()
    assert told(title="시청, 주민 질의에 답 했다", act="answer") == {"done"}
