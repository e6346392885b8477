"""Each kind of change between two reports, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.detect.compare.claims import Claims, Difference, Guard, parsed, together
from monitor.detect.compare.guards import changed, restates
from monitor.detect.compare.heads import claims_of
from monitor.detect.words.reading import read
from monitor.models import Verdict
from tests.detect.examples import Stream, article, office

Report = tuple[str, str]


def claims(report: Report) -> Claims:
    return parsed(claims_of(read(article(*report), office()), office()))


def change(first: Report, second: Report) -> str:
    told = claims(first)
    found = changed(claims(second), told, told, office())
    return found.guard if found is not None else ""


def said_again(first: Report, second: Report) -> bool:
    return restates(claims(second), claims(first), office())


CUT = (
    "North cuts liaison lines",
    "North Korea severed the liaison office's lines at noon, KCNA said.",
)
SENT = ("South sends aid via liaison office", "South Korea sent 80 tons of rice to Wonsan by rail.")
SPOKE = (
    "Kim Yo Jong says liaison office will fall",
    "Kim Yo Jong warned that the liaison office in Kaesong would collapse.",
)


@pytest.mark.parametrize(
    ("word", "first", "second"),
    [
        ("figure", SENT, ("Aid goes north via liaison office", "Some 180 tons of rice were sent.")),
        ("contrary", CUT, ("North restores liaison lines", "North Korea restored them on Monday.")),
        ("negation", CUT, ("North did not cut liaison lines", "KCNA said so at noon.")),
        (
            "done",
            ("North to close the liaison office", ""),
            ("North closed the liaison office", ""),
        ),
        (
            "undone",
            ("North closed the liaison office", ""),
            ("North to close the liaison office", ""),
        ),
        (
            "undone",
            ("韩方人员参观开城联络办公室", "韩方人员4日参观了开城联络办公室。"),
            ("韩方推迟前往联络办公室", "韩方人员的开城之行推迟了。"),
        ),
        (
            "actor",
            ("North Korea closes the liaison office", ""),
            ("South Korea closes the liaison office", ""),
        ),
        ("date", CUT, ("North cuts liaison lines", "North Korea severed them at 6 p.m.")),
        (
            "date",
            ("Liaison office to open on March 9", ""),
            ("Liaison office to open on March 12", ""),
        ),
        ("place", SENT, ("Aid goes north via liaison office", "Rice was sent to Nampo by rail.")),
        ("thing", SENT, ("Aid goes north via liaison office", "Vaccine was sent by rail.")),
        (
            "who",
            SPOKE,
            ("Kim Jong Un says liaison office will fall", "He warned that it would collapse."),
        ),
        (
            "party",
            ("US regrets demolition of liaison office", "The United States voiced regret."),
            ("China regrets demolition of liaison office", "Beijing voiced regret."),
        ),
        (
            "party",
            ("Suh Ho heads liaison office", "Seoul named Suh Ho."),
            ("Kim Chang-su heads liaison office", "Seoul named Kim Chang-su."),
        ),
        (
            "party",
            ("연락사무소 통화 불통, 북한 폭우 탓", "북한 지역 비 때문이다."),
            ("연락사무소 통화 불통, 한국 설비 탓", "한국 쪽 설비 때문이다."),
        ),
        (
            "contrary",
            ("북, 연락사무소 전화 무응답", "북한이 응답하지 않았다."),
            ("북, 연락사무소 전화에 응답", "북한이 응답했다."),
        ),
        ("done", ("連絡事務所を閉鎖へ", ""), ("連絡事務所を閉鎖した", "")),
        (
            "done",
            ("Auditors to meet at liaison office on Thursday", "They will meet on Thursday."),
            ("Auditors meet at liaison office", "The auditors met behind closed doors."),
        ),
        (
            "done",
            ("남북, 연락사무소서 지도 교환 예정", "북측이 어제 일정을 통보했다."),
            ("연락사무소서 남북 지도 교환", "남북이 연락사무소에서 지도를 교환했다."),
        ),
        (
            "done",
            ("連絡事務所で南北が地図交換へ", "北朝鮮が前日に日程を通知した。"),
            ("連絡事務所で南北が地図交換", "南北は連絡事務所で地図を交換した。"),
        ),
        (
            "done",
            ("双方将在联络办公室交换地图", "朝方已通知日程。"),
            ("双方在联络办公室交换地图", "双方在联络办公室交换了地图。"),
        ),
        ("contrary", ("朝方拒绝联络办公室提议", ""), ("朝方接受联络办公室提议", "")),
    ],
)
def test_one_thing_that_differs_is_named(word: str, first: Report, second: Report) -> None:
    assert change(first, second) == word


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            CUT,
            ("Liaison lines severed by Pyongyang", "At midday the North cut the office's lines."),
        ),
        (SENT, ("Eighty tons of rice for Wonsan", "Rice went by rail via the liaison office.")),
        (
            ("북, 연락사무소 전화 나흘째 무응답", "북한이 응답하지 않았다."),
            ("연락사무소 전화 안 받은 북한", "북측이 4일째 전화를 받지 않았다."),
        ),
        (
            ("連絡事務所に二十五人残る", "韓国側の25人が残る。"),
            ("連絡事務所、韓国側25名が残留", "二十五人は残る。"),
        ),
    ],
)
def test_the_same_in_other_words_is_no_change(first: Report, second: Report) -> None:
    assert change(first, second) == ""


def test_what_another_report_of_the_story_told_is_no_change() -> None:
    twin, other = (
        claims(("North to close the liaison office", "")),
        claims(("North closed the liaison office", "")),
    )
    again = claims(("The North has closed the liaison office at last", ""))
    assert changed(again, twin, together([twin, other]), office()) is None


def test_kin_acts_retell_each_other_and_an_empty_head_retells_nothing() -> None:
    assert said_again(CUT, ("Liaison office's lines go dead as North shuts them", ""))
    assert not said_again(CUT, ("North sues Seoul over liaison office", ""))
    assert not said_again(CUT, ("Liaison office", ""))


def test_who_denies_what_was_only_spoken_of_retells_nothing() -> None:
    spoken = (
        "정부, 도라산에 새 연락사무소 추진",
        "여당 관계자는 정부가 북측에 연락사무소 신설을 제안한다고 전했다.",
    )
    denied = ("도라산 연락사무소 신설 추진은 사실이 아닙니다", "정부의 설명이다.")
    again = ("도라산에 연락사무소 새로", "정부가 북측에 연락사무소 신설을 제안한다.")
    assert not said_again(spoken, denied)
    assert said_again(spoken, again)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("North ignores call on liaison line", "North Korea did not answer on Tuesday."),
            ("North to cut liaison lines", "North Korea will sever the lines."),
        ),
        (
            ("북, 연락사무소 전화 무응답", "북한이 응답하지 않았다."),
            ("북 “연락사무소 통신선 차단할 것”", "북한이 통신선을 끊겠다고 했다."),
        ),
        (
            ("北朝鮮、連絡事務所の破壊を予告", "北朝鮮は庁舎を破壊すると警告した。"),
            ("連絡事務所の方向で爆発", "連絡事務所の方向で爆発が起きた。"),
        ),
        (
            ("朝方将炸毁联络办公室", "朝方表示将炸毁联络办公室。"),
            ("联络办公室方向发生爆炸", "联络办公室方向发生了爆炸。"),
        ),
    ],
)
def test_kin_tell_a_deed_for_a_deed_and_a_plan_for_a_plan(first: Report, second: Report) -> None:
    deeds = office().push | {"explode"}
    assert not restates(claims(second), claims(first), replace(office(), push=deeds))


@pytest.mark.parametrize(
    ("voice", "same"),
    [
        (
            ("Blue House regrets closure of liaison office", "It voiced regret."),
            ("NSC regrets closure of liaison office", "The security council voiced regret."),
        ),
        (
            ("청와대, 연락사무소 폐쇄에 유감", "청와대가 유감을 표했다."),
            ("NSC, 연락사무소 폐쇄에 유감", "국가안전보장회의가 유감을 표했다."),
        ),
        (
            ("大統領府、連絡事務所の閉鎖に遺憾", "韓国大統領府が遺憾を表明した。"),
            ("ＮＳＣ、連絡事務所の閉鎖に遺憾", "国家安全保障会議が遺憾を表明した。"),
        ),
        (
            ("青瓦台对联络办公室关闭表示遗憾", "韩国总统府表示遗憾。"),
            ("国安会对联络办公室关闭表示遗憾", "国家安全保障会议表示遗憾。"),
        ),
    ],
)
def test_those_at_the_top_are_heard_when_first_they_speak(voice: Report, same: Report) -> None:
    told = (
        "Seoul regrets closure of liaison office",
        "The unification ministry voiced regret over the closed office.",
    )
    assert not said_again(told, voice)
    assert said_again(voice, same)


def test_a_sides_own_media_are_heard_when_first_they_speak() -> None:
    told = ("North closes liaison office", "North Korea closed the office, Seoul said.")
    assert not said_again(told, ("KCNA: liaison office closed", "The North closed the office."))
    assert said_again(told, ("Liaison office closed", "The North closed the office."))


NO_TOPICS_WORD = {
    "en": (("The ship is afloat again at the office", ""), ("The ship at the office is stuck", "")),
    "ko": (("연락사무소 앞 배 인양", ""), ("연락사무소 앞 배 발 묶여", "")),
    "ja": (("連絡事務所沖の船が離礁", ""), ("連絡事務所沖の船は立ち往生", "")),
    "zh": (("联络办公室外货轮脱浅", ""), ("货轮动弹不得，联络办公室外海", "")),
}


@pytest.mark.parametrize("lang", NO_TOPICS_WORD)
def test_opposites_that_belong_to_no_topic_are_contraries(lang: str) -> None:
    first, second = NO_TOPICS_WORD[lang]
    assert change(first, second) == "contrary"
    assert change(first, first) == ""


def test_a_denial_beside_a_word_turns_its_end() -> None:
    freed = ("The vessel at the liaison office was freed", "")
    assert (
        change(freed, ("The office says that no tug has freed the vessel, nor will", ""))
        == "contrary"
    )


def test_lengths_of_time_are_compared_over_their_units() -> None:
    two = ("Liaison office open for two days", "")
    assert change(two, ("Liaison office unlocked for 48 hours", "")) == ""
    assert change(two, ("Liaison office unlocked for three weeks", "")) == "figure"
    year = ("Liaison office open for two days", "It was closed for 200 days.")
    assert change(year, ("Liaison office unlocked for 5 days", "")) == "figure"


def test_a_bare_figure_is_compared_with_one_that_names_what_it_counts() -> None:
    thirty = ("Office staff fall to 30 people", "The liaison office keeps 30 people.")
    assert change(thirty, ("Liaison office shrinks", "Its staff is now 20, officials said.")) == (
        "figure"
    )
    assert change(thirty, ("Liaison office shrinks", "Its staff is now 30, officials said.")) == ""


def test_a_first_sentence_that_plans_outweighs_a_title_that_leaves_it_open() -> None:
    first = ("Office to close", "The liaison office will be closed next month, Seoul said.")
    assert change(first, ("Liaison office closed", "It was closed on Monday.")) == "done"
    assert change(first, ("Office closed by Seoul", "Seoul would close the liaison office.")) == ""


@pytest.mark.parametrize(
    ("planned", "undone"),
    [
        (
            ("Auditors will not visit liaison office", "They will not visit it, they said."),
            ("Liaison office was not visited", "The auditors did not visit it on Tuesday."),
        ),
        (
            ("連絡事務所の会議、開催見通せず", "監査役は会議に出ない見通しだ。"),
            ("連絡事務所の定例会合、また見送り", "会合は開かれなかった。"),
        ),
    ],
)
def test_what_did_not_come_about_is_not_told_as_done(planned: Report, undone: Report) -> None:
    assert change(planned, undone) != "done"


def test_what_was_told_as_done_may_be_denied() -> None:
    taken = ("Army seizes the liaison office", "Troops entered it on Tuesday.")
    assert change(taken, ("No troops at the liaison office", "All is as before.")) == "not"


NO_LONGER = [
    (
        "undenied",
        ("Liaison office turns one without a ceremony", "Nobody marks the day, it was said."),
        ("Choir sings at the liaison office", "Both sides mark its day with music."),
    ),
    (
        "undenied",
        ("연락사무소 소장회의 일정 정해지지 않아", "다음 일정이 잡히지 않았다."),
        ("연락사무소 소장들 얼굴 본다", "양측이 새 날을 잡았다."),
    ),
    (
        "not",
        ("Band plays at liaison office", "Guests came in the evening."),
        ("Liaison office in Kaesong", "No band was sent to the liaison office."),
    ),
    (
        "undone",
        ("Debris of office removed, images show", "The images show the liaison office cleared."),
        ("Debris of office to be removed", "The North is about to clean up the liaison office."),
    ),
    (
        "done",
        ("North says it will scrap liaison office", "It would withdraw from the office."),
        ("Liaison office gone", "Pyongyang has abolished the office."),
    ),
]


@pytest.mark.parametrize(("word", "first", "second"), NO_LONGER)
def test_denials_and_plans_of_the_whole_head_are_compared_in_whatever_words(
    word: str, first: Report, second: Report
) -> None:
    assert change(first, second) == word


@pytest.mark.parametrize(
    ("soon", "warned"),
    [
        (
            (
                '김여정 "연락사무소 머지않아 무너질 것"',
                "김여정이 연락사무소 붕괴를 곧 보게 된다고 했다.",
            ),
            (
                "김여정, 연락사무소 붕괴 경고",
                "연락사무소가 조만간 무너질 것이라고 김여정이 경고했다.",
            ),
        ),
        (
            ("連絡事務所は遠からず崩れる", "金与正氏は連絡事務所が必ず崩れると述べた。"),
            ("連絡事務所は崩れると金与正氏", "金与正氏は崩れる場面を見ることになると脅した。"),
        ),
    ],
)
def test_before_long_and_surely_deny_nothing(soon: Report, warned: Report) -> None:
    assert change(soon, warned) == ""


def test_one_person_is_not_told_for_another() -> None:
    sister = ("김여정, 연락사무소 담화", "김여정 부부장이 담화를 냈다.")
    assert change(sister, ("연락사무소 담화", "리선권 위원장이 담화를 냈다.")) in ("party", "who")


def test_a_report_without_an_act_retells_what_it_shares_a_figure_with() -> None:
    told = ("Rice for the North", "South Korea sent 80 tons of rice by the liaison office.")
    assert said_again(told, ("Rice goes north", "Some 80 tons of rice, by the liaison office."))
    assert not said_again(told, ("Liaison office and rice", "Rice, by the liaison office."))


def test_of_several_figures_that_are_gone_the_same_one_is_named_in_every_run() -> None:
    """Figures come as a set, whose order differs from process to process."""
    was = parsed(f"n|time:{number}" for number in range(20, 60))
    found = changed(parsed(["n|time:3"]), was, was, office())
    assert found == Difference(Guard.FIGURE, "time:20", "time:3")


def test_a_title_that_rounds_a_figure_does_not_hide_the_exact_one() -> None:
    told = ("Liaison office costs 520 million won", "The ministry spent 520 million won.")
    mine = ("Liaison office costs about 540 million won", "The ministry spent 540 million won.")
    assert change(told, mine) == "figure"
    same = ("Liaison office costs about 500 million won", "The ministry spent 520 million won.")
    assert change(told, same) == ""


def test_another_ministry_in_place_of_one_that_is_gone_is_another_party() -> None:
    told = ("統一省の幹部が連絡事務所を訪問", "統一省の幹部が4日、連絡事務所を訪れた。")
    other = ("外務省の幹部が連絡事務所を訪問", "外務省の幹部が4日、事務所に足を運んだ。")
    assert change(told, other) == "party"
    assert change(told, ("連絡事務所に幹部が訪問", "統一省の幹部が木曜日に訪れた。")) == ""


def test_what_a_person_says_of_the_other_side_is_no_other_party() -> None:
    told = ("韩国统一部长官金炼铁表示遗憾", "韩国统一部长官金炼铁就联络办公室关闭表示遗憾。")
    again = ("金炼铁：朝方关闭联络办公室令人遗憾", "金炼铁长官周四深感遗憾。")
    assert change(told, again) == ""


def test_a_plan_is_not_carried_out_by_a_deed_that_a_title_told_in_another_word() -> None:
    told = ("南北、連絡事務所を閉鎖", "南北は連絡事務所の業務を停止することで合意した。")
    again = ("連絡事務所の業務を停止", "南北の連絡事務所が業務を停止した。")
    assert change(told, again) == ""
    plan = ("南北の連絡事務所で合意", told[1])
    assert change(plan, again) == "done"


def test_a_day_that_is_today_in_the_east_is_no_other_day_where_it_is_still_to_come() -> None:
    when = datetime(2021, 3, 3, 23, tzinfo=UTC)  # a Wednesday, the 4th in Korea
    first = article("북, 오늘 연락사무소 통신선 차단", "북한이 4일 통신선을 끊었다.", at=when)
    second = article(
        "North cuts liaison office lines", "North Korea will cut them on Thursday.", at=when
    )
    told, mine = (parsed(claims_of(read(a, office()), office())) for a in (first, second))
    assert told.today == mine.days == {"2021-03-04"}
    assert restates(mine, told, office())


def test_a_deed_at_an_hour_that_nobody_told_carries_out_a_plan() -> None:
    announced = (
        "North's crew leaves liaison office",
        "The North's crew will leave the liaison office in Kaesong today, Seoul said.",
    )
    left = (announced[0], "The North's crew left Kaesong at 7 p.m., Seoul said.")
    again = (announced[0], "The North's crew left Kaesong, Seoul said.")
    assert change(announced, left) == "done"
    assert change(announced, again) == ""


INSPECTED = (
    "Inspectors reach liaison office",
    "Inspectors of the South reached the liaison office in Kaesong on Thursday and found no damage,"
    " the Unification Ministry said.",
)
CUT_OFF = (
    "N. Korea cuts off liaison lines with South",
    "North Korea severed the liaison lines with South Korea on Thursday, the ministry said.",
)
CAME_BACK = (
    "12 South Koreans return from liaison office",
    "Twelve South Koreans returned from the joint liaison office on Thursday, the ministry said.",
)


@pytest.mark.parametrize(
    ("first", "title", "lead", "told"),
    [
        (
            INSPECTED,
            "개성 연락사무소 점검단 도착",
            "남측 점검단이 4일 개성 연락사무소에 도착해 점검했다고 통일부가 밝혔다.",
            False,
        ),
        (
            CUT_OFF,
            "북, 남북 통신선 차단 안 해",
            "북한이 4일 남북 통신선을 차단하지 않았다고 통일부가 밝혔다.",
            True,
        ),
        (
            CAME_BACK,
            "개성 연락사무소 남측 인원 21명 귀환",
            "개성 연락사무소에 있던 남측 인원 21명이 4일 귀환했다고 통일부가 밝혔다.",
            True,
        ),
    ],
)
def test_what_another_language_leaves_out_is_no_difference_but_a_figure_or_a_denied_deed_is(
    first: Report, title: str, lead: str, told: bool
) -> None:
    stream = Stream()
    stream.tell(*first, lang="en")
    second = stream.tell(title, lead, lang="ko")
    assert (second.verdict is not Verdict.SILENT) is told


SILENT_NORTH = (
    "Seoul offers vaccines to N. Korea, says North not answering liaison office calls",
    "The South offered vaccines to North Korea on Thursday and proposed talks on how to send them.",
)


@pytest.mark.parametrize(
    ("lang", "title", "body"),
    [
        (
            "en",
            "South Korea offers vaccines to North after outbreak",
            "South Korea offered vaccines to North Korea and urged the North to respond.",
        ),
        (
            "de",
            "Südkorea bietet dem Norden nach Ausbruch Impfstoff an",
            "Südkorea bot Nordkorea Impfstoff an und rief den Norden auf zu antworten.",
        ),
        (
            "es",
            "Corea del Sur ofrece vacunas al Norte tras el brote",
            "Corea del Sur ofreció vacunas a Corea del Norte e instó al Norte a responder.",
        ),
        (
            "ru",
            "Южная Корея предлагает Северу вакцины после вспышки",
            "Южная Корея предложила КНДР вакцины и призвала Север ответить.",
        ),
        (
            "ko",
            "정부, 감염 확산 북한에 백신 지원 제의",
            "정부는 4일 북한에 백신 지원을 제의하고 북한의 호응을 촉구했다.",
        ),
    ],
)
def test_to_ask_for_an_answer_contradicts_no_silence(lang: str, title: str, body: str) -> None:
    stream = Stream()
    stream.tell(*SILENT_NORTH, lang="en")
    decision = stream.tell(title, body, lang=lang)
    assert "opposite" not in decision.why
    assert "contrary" not in decision.why
