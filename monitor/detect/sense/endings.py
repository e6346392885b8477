"""What the grammar of Korean, Japanese and Chinese says of an act: the ending that its word bears,
the word that governs it, the particle before it.

A list of words says that something in a sentence is planned or asked for; an ending says it of
this act. So it comes before the lists; only a denial, or a threat of what is to come, outdoes it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor.detect.words.deeds import SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

DONE, ONLY_NAMED = "done", "named"  # what an ending says beside the moods of the lexicons
_SETTLED = "settled"  # agreed or decided upon
_TODAY = "today"  # told in the present tense
_BEHIND, _BEFORE = 30, 60  # characters in which an ending, or what governs an act, may stand
_STOP = r"(?=[\"'…,.!?。、)]|$)"  # where a phrase ends
_END = r"(?=[\s\"'…,.!?。、)]|$)"  # where a word ends

_SAID_BY_FORM = frozenset({"threaten", "silent", "absent"})  # "be prepared for it" is the threat
_HELD = frozenset({"open", "meet", "host"})  # what is announced where its title names the day
_NOT_TO_COME = frozenset(  # an agreement to end or put off a thing does so; talks are where one is
    ["stop", "close", "cancel", "extend", "delay", "meet", "agree", "sign"]
)


class _Rules(NamedTuple):
    """Endings with the moods that they give; the first that stands there counts."""

    some: re.Pattern[str]  # whether any of them does: mostly none
    each: tuple[tuple[str, re.Pattern[str]], ...]


def _rules(lead: str, *rules: tuple[str, str]) -> _Rules:
    return _Rules(
        re.compile(f"{lead}(?:{'|'.join(pattern for _, pattern in rules)})"),
        tuple((mood, re.compile(f"{lead}(?:{pattern})")) for mood, pattern in rules),
    )


def _with_final(place: int) -> str:
    """The syllables of Hangul that end in one consonant, as a class of an expression."""
    return "[" + "".join(chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == place) + "]"


_N, _SS = _with_final(4), _with_final(20)
_L = rf"(?:(?![를을]){_with_final(8)}|(?<=[닫끊받찾맺막잡놓싣뜯묻뽑])을)"  # no particle
_KO_ASKED = (
    "촉구|요구|요청|호소|희망|권고|당부|건의|제안|제의|청원|부탁|기원|염원|기대|바[라랐람]|원[한해]"
)
_KO_LAID_ON = r"(?:[하되키으리가오지내여려켜어아]라|자)"  # "하라", "하자"
_KO_TOLD = "밝혔|밝힌|발표|알렸|알려|통보|통지|예고|공언|선언|전했|보도"
_KO_WORD = (  # of the word to its ending, with the light verb that carries it: "폐쇄(는) 안 하"
    r"[가-힣]*?(?:(?<![고며서록려게])[을를은는도]?(?: [안못])? ?"
    r"(?=[하한할함했해되된될됐돼])[가-힣]*?)?"
)
_KO_ENDINGS = _rules(
    _KO_WORD,
    # "철거한 것이 확인됐다": that it was done is what became known
    (
        DONE,
        rf"(?!는){_N} 것(?:으로|이|은|을)? [^,.…]{{0,24}}?"
        r"(?:확인|파악|드러[나났]|나타[나났]|밝혀[지졌]|포착|판명)",
    ),
    ("wished", rf"(?:[하되키리지가오나이르기]길|기를|기만){_END}(?! (?:거부|거절|꺼|멈|포기))"),
    ("wished", rf"{_SS}으면(?:{_STOP}| 좋| 하는| 한다| 해)"),
    (ONLY_NAMED, rf"(?:[하되시키지리이오가나르내]면|으면|거든|더라도|든지?|[해돼어아여]도){_END}"),
    (ONLY_NAMED, rf"(?:{_N}다면|{_SS}다면|{_L}[까지]|[은는]지|[는은인던]가|(?<!아)냐|려나){_END}"),
    (ONLY_NAMED, rf"[하되키리여기이]나{_STOP}|{_L} (?:경우|때)|{_L} 것인가"),
    (ONLY_NAMED, rf"(?:{_N}|는|{_SS})다\"?더니"),
    (ONLY_NAMED, r"(?:하|되|시키|받|당하)는 (?!것|중|등|데|바|가운데|방안|계획|방침|한편|대신)"),
    ("ordered", r"(?:도록|(?:하|되|시키|으|리)라고) .{0,10}?(?:명령|지시|하달|명했)"),
    ("wished", rf"도록 .{{0,12}}?(?:{_KO_ASKED})|{_L} 것을 .{{0,6}}?(?:{_KO_ASKED})"),
    (ONLY_NAMED, rf"도록{_END}"),
    ("wished", rf"{_KO_LAID_ON}(?:(?:고|는|며|면서)?{_STOP}|(?:고|는|며){_END})"),
    ("wished", r"[하되키]자 (?:했|전했|말했|제안|제의|요청)"),
    ("wished", rf"[하해]? ?(?:달라|주길|줄 것을)(?:고|는|며)?{_END}"),
    ("wished", rf"지? ?[말마](?:라|자|아야?|길|기를?)(?:고|는|며)?{_END}"),
    ("wished", rf"[해돼아어여켜려와워져내겨]야(?:만)?(?: ?(?:한다|할|하|된|함))?{_END}(?! 했)"),
    (ONLY_NAMED, rf"[하되키]자{_END}"),
    ("planned", rf"[기키]로|겠|려(?:고|는|던| 하| 한| 했){_END}"),
    ("planned", rf"{_L} ?(?:것|예정|계획|방침|듯|수|전망|뜻|생각|가능성|태세|채비|모양|참|작정)"),
    ("planned", rf"(?:{_N}|는)다[고며] [^,.…]{{0,14}}?(?:{_KO_TOLD})"),
    (_TODAY, rf"(?:{_N}|는)다{_STOP}"),
    (DONE, rf"(?![있겠]){_SS}(?:다|고|으며|지만|는데|습니다|으나|음)"),
)
_KO_GOVERNED = _rules(
    r"[을를이가은는도의에]?(?: (?:작업|절차|공사|조치|문제|위한))?[을를]? ?",
    (
        "denied",
        r"(?:보도|의혹|소문)?[은는을를]? ?(?:부인|사실무근|사실이? ?아[니냐님닌]|오보|낭설)",
    ),
    ("threatened", "위협|협박|으름장|엄포|불사|경고|각오"),
    ("ordered", "명령|지시|하달|명했"),
    ("wished", rf"{_KO_ASKED}|필요(?!성? ?없)|시급|절실|타진"),
    (
        "planned",
        "계획|방침|예정|전망|목표|수순|채비|임박|초읽기|눈앞|목전|코앞|검토|추진|준비|가시화",
    ),
    ("planned", "예고|로 가닥|움직임|조짐|시사|의향|의사|뜻|약속|고려|모색|카운트다운|급물살"),
    (_SETTLED, "합의|결정|확정"),
    # somebody's task: "채널 복원·가동 맡아"
    (ONLY_NAMED, r"(?:·[가-힣]{2,4})?[\"'을를도]{0,2} ?(?:업무|담당|전담|맡[는아았을기])"),
    # what carries a noun for a deed: "수리에 들어간다", "복원에 나섰다"
    (DONE, "들어갔|착수했|나섰|돌입했"),
    ("planned", "들어[간갈가]|착수[하할한키]|나[선설서]|돌입[하할한]"),
)
_KO_KEPT = re.compile(  # what becomes of an agreement that there is: "합의가 지켜지지 않"
    r"(?:사항|문|서)?[이가을를은는도] [^,.…]{0,8}?"
    r"(?:지켜|지키|준수|이행|위반|어[기겼긴]|파기|깨[졌지뜨])"
)
_KO_ASKED_FOR = re.compile(r"[을를](?=[\"'…]|$)")  # "통신선부터 복원을"
_KO_NO_VERB = re.compile(rf"식?{_STOP}")
_KO_THEN = re.compile(  # what hangs on a condition, and what begins at an hour
    r"(?:[하되시키지리이오가나르내으풀]면|다면) [^,…\"']*$"
    r"|(?:\d시|\d분|정오|자정|오전|오후|새벽|아침|저녁|밤)(?: ?반)?부터 [^,…\"']*$"
)
_KO_THIS_DAY = re.compile(r"오늘(?![도까로])[^,…\"']*$")

_JA_ASKED = (
    "求|要請|要望|要求|訴|呼びかけ|呼び掛け|願|促|働きかけ|望|提案|勧告|申し入|提唱|主張|打診"
)
_JA_PLAN = "方針|考え|意向|計画|予定|見通し|見込|公算|手はず|段取り"
_JA_VERB = "[うくぐすつぬぶむる]"  # a verb in the form of the dictionary
_JA_TOLD = "発表|表明|述べ|明らか|通告|通知|伝え|宣言|約束|語っ|説明"
_JA_PAST = "(?:した|された|させた|った|れた|えた|いた|じた|めた|いだ|んだ)"
_JA_ENDINGS = _rules(
    r"[ぁ-ん]{0,5}?",
    ("wished", "なければ(?:なら|いけ)|ねばなら|べき|べし"),
    ("wished", "[てで](?:ほし|欲し|くださ|下さ|くれ|もらい)"),
    ("wished", rf"ないで(?=[\"… ]|$)|(?:よう|こと[をが]?)(?:に|強く)?(?:{_JA_ASKED})"),
    ("ordered", r"ように?[^、。]{0,6}?(?:命じ|指示|命令|指令|下命|言い渡|義務付|義務づ)"),
    (ONLY_NAMED, r"(?:[れせけめえねげべて]ば|[ただ]ら|ない限り|[てで]も[、 ]|すると、)"),
    (ONLY_NAMED, r"なら(?![なずぬびわば])|[るた]?場合|[るたのん]か(?=[\"…,.!?。、 ]|$)"),
    ("ordered", r"(?:せよ|しろ)\"?[^、。…]{0,8}(?:指示|命)"),
    ("wished", r"よう(?=[\"…]|$|と[呼述語提訴話])|せよ|しろ|たい(?=[\"…。、]|$|と[述語話訴])"),
    ("planned", rf"(?:{_JA_VERB}|い)(?:{_JA_PLAN}|つもり|構え|方向|用意|準備|運び|可能性|恐れ)"),
    ("planned", r"[てで]いく(?=[。、と]|$)"),
    ("planned", rf"(?<![てで]い){_JA_VERB}(?=\"?と[^、。\"]{{0,14}}?(?:{_JA_TOLD}))"),
    (ONLY_NAMED, rf"(?:する|される)(?=[\u4e00-\u9fffァ-ヶ])(?!{_JA_PLAN})"),
    ("planned", rf"ようと|{_JA_VERB}こと(?:を決|で合意|で一致|に決|にな|を約|にし)"),
    (DONE, rf"{_JA_PAST}(?:{_END}|(?=と|こと|が、|ため))"),
)
_JA_GOVERNED = _rules(
    r"[をのにはもがで]?",
    ("denied", "(?:説|報道|観測|うわさ|噂)?[をは]?(?:否定|否認|打ち消|事実無根|一笑に付|でたらめ)"),
    ("denied", "(?:説|報道|観測|うわさ|噂)を?一蹴"),
    ("threatened", "警告|辞さ|威嚇|脅|ちらつか"),
    ("ordered", "命令|命じ|指示|厳命|指令|下命|言い渡|義務付|義務づ"),
    ("wished", rf"{_JA_ASKED}|急げ|(?<=を)(?:強く)?迫"),
    (
        "planned",
        "予定|計画|方針|見通し|見込|意向|意思|構え|検討|準備|間近|目前|秒読み|示唆|ほのめか|用意",
    ),
    (_SETTLED, "合意|一致|決定|決め"),
    ("planned", r"可能性|めど|約束|目指|予告|模索|視野|方向|控え|待ち|必至|濃厚|へ(?=[ 、\"…]|$)"),
    (
        "planned",
        r"公算|観測(?=[がも強広浮高])|不可避|避けられ(?:ず|な)|寸前|迫る|(?<=に)傾|手続き|段取り|カウントダウン|大詰め",
    ),
    ("planned", rf"(?:終え|完了す|始め|開始す)る(?:{_JA_PLAN})"),
    (DONE, "済み|(?:終え|完了し|済ませ)(?:た|て)"),
    # a headline of what and when: "橋の再開、早くて来月"
    (
        "planned",
        r"、(?:早くて|早ければ|来[週月年春夏秋冬]|再来|[年月週]内|年度内|近く|間近|大詰め|カウントダウン|秒読み"
        r"|必至|濃厚|目前|不可避|避けられ(?:ず|な)|現実味)",
    ),
)
_JA_ASKED_FOR = re.compile(r"を(?=[\" …]|$)")
_JA_EITHER = re.compile(r"か[^\s、。…\"]{2,6}か(?![らつ])")  # 撤退か残留か
_JA_NO_VERB = re.compile(rf"式?{_END}")
_JA_THEN = re.compile(
    r"(?:なら|[れけせえめ]ば|たら|ない限り|ないと|(?:\d日|[年月週]内|[週月]中)にも)[^、。…\"]*$"
    r"|(?:時|分|時半|正午|午前|午後|未明|夜)から[^、。…\"]*$"
)
_JA_THIS_DAY = re.compile(r"(?:きょう|今日)(?!も|まで)[^、。…\"]*$")
_JA_SOON = re.compile(r"近く.{0,28}$")
_JA_PRESENT = re.compile(r"[ぁ-ん]?[うくすつぬぶむる](?=。|$)")  # at the end of a sentence

_ZH_ASKED = re.compile(
    "能否|是否|会否|會否|可否|要不要|会不会|會不會|何时|何時|为何|為何|为什么|為什麼|怎么|怎麼|难道|難道"
)
_ZH_ASKED_BEHIND = re.compile(r"^[^,。;\"]*(?:[吗嗎呢]|\?)|^[^,。;]{0,2}(?:还是|還是)|^[与與]否")
_ZH_IF = "(?:如果|如若|倘|假[如使若]|若(?!干)|一旦|只要|除非|要是|万一|萬一|如(?=[不再能要有]))"
_ZH_IF_CLAUSE = re.compile(rf"{_ZH_IF}[^就则則便]*$")
_ZH_RUMOUR = "(?:传闻|傳聞|传言|傳言|谣言|謠言|谣传|謠傳|说法|說法|报道|報道|報導|消息|猜测|猜測)"
_ZH_DENIED_BEHIND = re.compile(
    rf"^[^,。;]{{0,12}}?{_ZH_RUMOUR}[^,。;]{{0,6}}?(?:不实|不實|不属实|不屬實|有误|有誤|纯属|純屬|是假|无据|無據|子虚|子虛)"
)
_ZH_DENIES = re.compile("(?:驳斥|駁斥|反驳|反駁|否认|否認|澄清)[^,。;]*$")
_ZH_ABOUT_RUMOUR = re.compile(rf"^[^,。;]{{0,12}}?{_ZH_RUMOUR}")
_ZH_NO_HOPE = re.compile(
    "^[^,。;]{0,3}?(?:无望|無望|遥遥无期|遙遙無期|泡汤|泡湯|落空|告吹|受阻|遇阻|未果|失败|失敗|搁浅|擱淺|难产|難產)"
)
_ZH_WITH_THREAT = re.compile("^[^,。;]{0,10}?相(?:威胁|威脅|要挟|要挾|逼)")
_ZH_THEN = re.compile(rf"(?:{_ZH_IF}|再|不).*[就则則便]$|{_ZH_IF}[^, ]*[, ][^, 。;]*$")
_ZH_NOT_TO = re.compile(
    r"(?:(?<![特分级級个個区區各差辨识識])别|勿|不要|不得|不应|不應|不该|不該|不准)[^,。;]{0,3}$"
)
_ZH_BODIES = "协協社国國议議员員委大工机機部峰集聚商教学學理年"  # 会 after these is a body: 协会
_ZH_HOW = (  # between "will" and the verb
    "被|把|重新|再次|再|陆续|陸續|逐步|很快|马上|馬上|尽快|盡快|立即|继续|繼續|分批|如期|全部|全面|彻底|徹底"
    "|最终|最終|择机|擇機|相继|相繼|先后|先後|永久|暂时|暫時|自行|主动|主動|单方面|單方面"
)
_ZH_TALKED_OF = (  # what talks are about: "商讨拆除设施"
    "商讨|商討|讨论|討論|磋商|协商|協商|商议|商議|商谈|商談|洽谈|洽談|探讨|探討|研究|研讨|研討"
)
_ZH_BEFORE = _rules(
    "",
    (
        ONLY_NAMED,
        rf"(?:{_ZH_TALKED_OF})(?:是否|如何|怎样|怎樣|能否)?(?:[^,。;后後并並决決]{{0,3}})$",
    ),
    ("ordered", r"(?:指示|责成|責成)[^,。;]{0,14}$"),
    ("threatened", r"不惜[^,。;]{0,8}$"),
    ("wished", r"(?:应[当该]|應[當該]|必须|必須|让我们|讓我們|但[愿願])[^,。;]*$"),
    (
        "wished",
        r"(?:恳请|懇請|恳求|懇求|主张|主張|亟需|祈|盼|呼吁|呼籲|力促|力劝|力勸|促请|促請|敦促|督促|央求)[^,。;]*$",
    ),
    ("wished", r"(?:(?<![反供响响回适對对呼相])[应應須]|请|請)[^,。;]{0,3}$"),
    ("wished", r"(?:(?<![自情志意])[愿願](?!意)|(?<![有希期渴失可在绝絕])望)[^,。;]{0,3}$"),
    ("planned", rf"(?:(?<![需只重主首摘必])要|(?<![{_ZH_BODIES}])[会會])(?:{_ZH_HOW})?$"),
    ("planned", rf"(?:^|[部国國方府军軍队隊党黨社院团團司])或(?:将|將|会|會|于|於|在|{_ZH_HOW})?$"),
    ("planned", r"(?<![具没沒无無别別])有意(?![义義思外])[^,。;]{0,3}$"),
    (_SETTLED, r"(?:决定|決定|商定|同意|约定|約定|谈妥|談妥)[^,。;]{0,12}$"),
    ("planned", r"(?:承诺|承諾|打算|欲|誓言|不排除)[^,。;]{0,12}$"),
    ("planned", r"(?:[时時点點](?:\d+分|半)?|中午|正午|凌晨)(?:起|开始|開始)[^,。;]{0,4}$"),
)
_ZH_ON_ORDERS = re.compile(  # why it was done, and not that it be done
    r"(?:奉|根据|根據|按照?|遵照?|依照?)[^,。;]{0,8}?(?:指示|命令|要求)|奉[命令]"
)
_ZH_AGREED = re.compile(r"^[^,。;]*[达達]成(?:一致|协议|協議|共识|共識)")
_ZH_ABOUT = re.compile(r"[就对對][^,。;]*$")
_ZH_SOON = re.compile(
    r"^[^,。;]{0,4}(?:在即|在望|提上日程|指日可待|进入倒计时|進入倒計時|迫在眉睫|呼之欲出|箭在弦上|可期"
    r"|势在必行|勢在必行|[难難]以?避免|[难難]免|已成定局|板上[钉釘][钉釘]|[^,。;]{0,4}的?[准準][备備](?=[,。;]|$))"
)
_ZH_NO_OBJECT = (  # what follows 将 where it says that something will be
    "于於在从從自由被与與同和向对對为為以再重全完彻徹逐正立尽盡很即马馬暂暫无無永继繼不会會要可共首陆陸相"
    r"如按\d今明下本年也一至大进"
)
_ZH_TAKES = re.compile(rf"(?:[将將](?!联合|聯合|分阶|分階)[^{_ZH_NO_OBJECT}]|把)[^,。;]{{1,}}$")
_ZH_AT_END = re.compile(  # from the last character of the verb: 切断, 驱逐出使馆, 拆除了
    r"^.(?:完毕|完畢|出境|在外|殆尽|殆盡)?(?=[,。;\"! ]|$)|^.?[了掉出回至到]"
)
_ZH_DISPOSED = frozenset(  # what is done to a thing that 将 or 把 puts first
    {"cut", "demolish", "expel", "deport", "evict", "remove", "seize", "hand_over", "return"}
    | {"free", "relocate", "close", "lift", "send", "withdraw", "arrest", "sink"}
)
_ZH_CLAUSE = re.compile(r"[\s,。;:\"?]")
_ZH_REACTS = frozenset({"回应", "回應", "作出回应", "作出回應"})
_ZH_ANSWERED = frozenset({"propose", "urge", "notify", "order", "meet", "threaten", "condemn"})
_LINKED = re.compile(r"고 |.[하되]?(?:고|며|거나) |.·")
_JOINT = re.compile(r"[을를의のを]? ?")


def grammar_of(sentence: Sentence, act: Hit, lang: str | None) -> str | None:
    """The mood that its grammar gives to an act; `DONE`, or `ONLY_NAMED` in a condition or a
    question; None where it says nothing, and in other languages.
    """
    if lang == "zh":
        said = ONLY_NAMED if _is_comment(sentence, act) else _chinese(sentence.text, act)
    elif lang in ("ko", "ja"):
        said = (_korean if lang == "ko" else _japanese)(sentence, act)
        said = said or _of_the_next(sentence, act, lang)
    else:
        return None
    if said == _SETTLED:
        return None if act.id in _NOT_TO_COME else "planned"
    return said if said == DONE or act.id not in _SAID_BY_FORM else None


def _of_the_next(sentence: Sentence, act: Hit, lang: str) -> str | None:
    """A verb that another follows shares its ending: "끊고 폐기하겠다", "차단·폐기". A noun before
    what is asked for or to come is but what that is about: "협정 파기하라".
    """
    linked, joint = _LINKED.match(sentence.text, act.end - 1), _JOINT.match(sentence.text, act.end)
    start = linked.end() if linked else joint.end() if joint else act.end
    for other in sentence.acts:
        if other.start == start and other.id != act.id:
            said = grammar_of(sentence, other, lang)
            return said if linked else ONLY_NAMED if said not in (None, DONE) else None
    return None


def _first(rules: _Rules, text: str, at: int, end: int) -> str | None:
    if rules.some.match(text, at, end) is None:
        return None
    return next(mood for mood, rule in rules.each if rule.match(text, at, end))


def _korean(sentence: Sentence, act: Hit) -> str | None:
    text, end = sentence.text, act.end + _BEHIND
    stem = max(act.start + 1, text.rfind(" ", act.start, act.end) + 1)
    if act.id == "agree" and _KO_KEPT.match(text, act.end):
        return ONLY_NAMED
    mood = _first(_KO_ENDINGS, text, stem, end) or _first(_KO_GOVERNED, text, act.end, end)
    if mood == _TODAY:  # in a title the present tense announces, in a text it describes
        return "planned" if sentence.part == "title" and act.id not in SPEECH else None
    if mood is not None:
        return mood
    if _KO_ASKED_FOR.match(text, act.end):
        return "wished"
    return _announced(text, act, _KO_NO_VERB, _KO_THEN, _KO_THIS_DAY)


def _japanese(sentence: Sentence, act: Hit) -> str | None:
    text, end, stem = sentence.text, act.end + _BEHIND, act.end
    while stem > act.start + 1 and "ぁ" <= text[stem - 1] <= "ん":
        stem -= 1
    mood = _first(_JA_GOVERNED, text, act.end, end) or _first(_JA_ENDINGS, text, stem, end)
    if mood is not None:
        return mood
    if _JA_ASKED_FOR.match(text, act.end):
        return "wished"
    if _JA_EITHER.match(text, act.end):
        return ONLY_NAMED
    if _JA_SOON.search(text[: act.start]) and _JA_PRESENT.match(text, stem, end):
        return "planned"
    return _announced(text, act, _JA_NO_VERB, _JA_THEN, _JA_THIS_DAY)


def _announced(
    text: str, act: Hit, no_verb: re.Pattern[str], then: re.Pattern[str], this_day: re.Pattern[str]
) -> str | None:
    """A noun without a verb is to come behind a condition, from an hour on, or on a day named."""
    if not no_verb.match(text, act.end):
        return None
    before = text[max(0, act.start - _BEFORE) : act.start]
    to_come = then.search(before) or (act.id in _HELD and this_day.search(before))
    return "planned" if to_come else None


def _chinese(text: str, act: Hit) -> str | None:
    before = text[max(0, act.start - _BEFORE) : act.start]
    behind = text[act.end : act.end + _BEHIND]
    clause, orders = _ZH_ON_ORDERS.subn("", _ZH_CLAUSE.split(before)[-1])
    if _ZH_THEN.search(before):
        return "planned"
    if _ZH_IF_CLAUSE.search(clause) or _ZH_ASKED.search(clause) or _ZH_ASKED_BEHIND.search(behind):
        return ONLY_NAMED
    if _ZH_NOT_TO.search(clause):
        return "wished"
    if _takes_object(text, act, clause):
        return DONE
    if _ZH_AGREED.search(behind) and _ZH_ABOUT.search(clause):
        return _SETTLED
    if _ZH_DENIED_BEHIND.search(behind) or (
        _ZH_DENIES.search(clause) and _ZH_ABOUT_RUMOUR.search(behind)
    ):
        return "denied"
    if _ZH_WITH_THREAT.search(behind):
        return "threatened"
    if _ZH_NO_HOPE.search(behind):
        return ONLY_NAMED
    if _ZH_SOON.search(behind):
        return "planned"
    said = next((mood for mood, rule in _ZH_BEFORE.each if rule.search(clause)), None)
    return said or (DONE if orders else None)


def _is_comment(sentence: Sentence, act: Hit) -> bool:
    """ "回应办公楼被炸": a word about what was done, and no answer to anybody."""
    if act.id != "answer" or sentence.text[act.start : act.end] not in _ZH_REACTS:
        return False
    clause = _ZH_CLAUSE.search(sentence.text, act.end)
    end = clause.start() if clause else len(sentence.text)
    return any(
        hit.kind in ("act", "event") and hit.id not in _ZH_ANSWERED
        for hit in sentence.hits
        if act.end <= hit.start and hit.end <= end
    )


def _takes_object(text: str, act: Hit, clause: str) -> bool:
    """军方将热线切断: an object stands between 将 and a verb at the end, so it is no "will"."""
    return bool(
        act.id in _ZH_DISPOSED
        and _ZH_TAKES.search(clause)
        and _ZH_AT_END.search(text[act.end - 1 : act.end + 6])
    )
