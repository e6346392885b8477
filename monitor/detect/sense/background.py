"""Acts that a sentence only mentions: what came before, which thing is meant, what goes on."""

from __future__ import annotations

import re

from monitor.detect.sense.lasting import lasts
from monitor.detect.sense.matters import is_matter, is_put_off, is_reason
from monitor.detect.words.deeds import SPEECH
from monitor.detect.words.match import Hit
from monitor.detect.words.reading import OLD_AFTER, Reading, Sentence

_SPAN = (  # "nach drei Jahren wieder offen": not what it follows, but how long it took
    r"(?!(?:[\w'-]+\s){0,3}(?:years?|months?|weeks?|days?|hours?|jahre?n?|monate?n?|wochen?"
    r"|tage?n?|stunden|ans|mois|semaines?|jours?|heures|anos?|mes(?:es)?|semanas?|dias?|horas"
    r"|سنوات|سنة|اعوام|عاما?|اشهر|شهرا?|اسابيع|ايام|يوما?)"
    r"\s(?!of|de|d'|des|من))"
)
_FOLLOWS = re.compile(
    r"(?<!\w)(?:after|over|following|since|despite|before|amid|apres|depuis|malgre|nach|seit|tras|desde"
    r"|после|с(?! лишним)|بعد|منذ"
    # what else goes on, and what it is all about: "amid", "in the wake of"
    r"|alors que|tandis que|pendant que|au moment ou|sur fond de|a la suite de"
    r"|wahrend|inmitten|angesichts|im zuge|infolge|mientras|en medio de|a raiz de"
    r"|на фоне|в разгар|в условиях|вследствие|накануне|спустя"
    r"|وسط|في ظل|اثر|عقب|على خلفية|في اعقاب|جراء|تزامنا مع)\s" + _SPAN + r"(?:[\w'-]+\s){0,8}$"
)
_NACH = re.compile(r"nach\s")
_WHEN = re.compile(  # when, whether and how it may come: "date of the opening"
    r"(?<!\w)(?:"
    r"(?:date|day|time|timing|timetable|schedule|possibility|prospects?|chances?|terms)"
    r" (?:of|for) (?:the |its |a )?"
    r"|(?:road|way|path|ground|stage|ready|preparations?|plans?|deadline) for (?:[\w-]+ ){0,2}"
    r"|(?:date|calendrier|possibilite|moment) d(?:e l)?[e' ](?:la )?"
    r"|(?:termin|zeitplan|zeitpunkt|moglichkeit) (?:fur|der|des|zur|einer) (?:die )?"
    r"|(?:fecha|calendario|posibilidad) de (?:la |el )?"
    r"|(?:дат|срок|возможност)\w* |(?:موعد|تاريخ|امكانية|توقيت)\s"
    r")$"
)
_AS = re.compile(  # "ignores calls as drills begin": what else goes on, not what is done
    r"(?<!\w)(?:as|while)\s(?!(?:of|well|soon|long|many|much|part|planned|scheduled|expected|usual"
    r"|promised|agreed|announced|result|saying|if|though|before|head|chief)(?!\w))[^,;:…\"]*$"
)
_FOLLOWED = re.compile(
    r"\s?(?:\d+[^\W\d]{1,3}|[^\s…]{1,4}) ?만에|"  # "복원 2주 만에", "철수 사흘 만에": it was before
    r"[^\s…]{0,2}\s?(?:이후|후 |뒤|직후|관련|반응|여파|파장|논란|규탄"
    r"|에 대|에 [\"']|손해|배상|소송|책임|사태|현장|영상|\d+년|\d+주년"
    r"|に続|後|から|をめぐ|を受け|損害|賠償|后|之后|以来|一事|索赔|赔偿)"
    # what else goes on: "훈련 시작 속에", "再開する中で", "启动之际"
    r"|[^\s…]{0,2}\s?(?:속(?:에|에서)?(?=[\s,…]|$)|가운데|와중|앞두고|앞둔)"
    r"|(?:する|される|している|が続く|した|された)(?:中(?=で|、| |$)|なか|最中|さなか)"
    r"|に伴|に際し|を前に"
    # when, whether and how it may come: "개소 시점", "再開の時期", "复工可能"
    r"|[^\s…]{0,1}\s?(?:시점|시기|일정|날짜|여부|방안|가능성|논의|협상|조건|우려)"
    # what is told of it, as of something known: "개소식 명단", "폭파 배경", "開所式の名簿"
    r"|식?\s(?:명단|초청|축사|배경|이유|까닭|의미|과정|장면|사진|직전|전후|당시|당일|비용|대책|후폭풍|책임론)"
    r"|식에? ?(?:날|때|참석|참가|불참|취재|갈 |올 |가는 |오는 )"
    # who will be there, what is made ready for it: "개소식 남측 참석자", "開所式の出席者"
    r"|식\s?(?:[가-힣南北]{1,3}\s?)?(?:참석|참가|하객|내빈|초대|준비|채비|리허설|사회자|생중계|식순)"
    r"|式の?(?:出席者|参加者|来賓|準備|式次第)|(?:仪式|儀式)的?(?:嘉宾|嘉賓|来宾|來賓|出席|筹备|籌備)"
    r"|式?の?(?:名簿|招待|背景|理由|意味|経緯|映像|写真|直前|前後|当時|当日|費用)"
    r"|(?:仪式|儀式)?的?(?:名单|名單|背景|原因|意义|意義|经过|經過|视频|照片|当天|當天|费用|費用)"
    r"|の?(?:時期|日程|是非|可能性|方針|案|めど)|(?:的)?(?:日期|时间表|時間表|时机|時機|可能性|方案)"
    r"|之际|之时|期间|的同时|前夕|背景下"
    # before it: "철수 전 수준", "폭파 전부터", "閉鎖前の状態"
    r"|(?:\s전|\s?직전)(?=[\s에의까,…]|부터|보다|처럼|$)|前の(?:水準|規模|状態)|前(?:的)?(?:水平|规模|規模|状态)"
    # the call with which a day's work begins, or ends: "업무 개시 통화"
    r"|(?<=개시|시작|마감|종료)\s?(?:통화|전화)(?=[\s가를는은도에로의…,\"]|$)"
    # the day after: "爆破の翌日", "炸毁办公楼次日", "폭파 이튿날"
    r"|(?:した|された|の)?(?:翌日|翌朝|翌々日|前日|直後)|[^\s,。;:…]{0,12}?(?:[次翌隔]日|隔天|后?第[二三两]天)"
    r"|[^\s…]{0,2}\s?(?:다음 ?날|이튿날)"
)
_DAILY_CALL = re.compile(  # the call with which a day's work begins, or ends
    r"(?:opening|closing)(?= (?:(?:phone|telephone|liaison|daily|regular|hotline) )?calls?(?!\w))"
)
_ALTHOUGH = re.compile(r"(?<!\w)(?:although|though|even though)\s[^,;:]*$")
_AS_SAID_BEHIND = re.compile(r"(?:한|된|했던|됐던)? ?(?:대로|에 (?:따라|따른|의해|근거|기초))")
_AS_SAID = re.compile(  # "as agreed", "under a deal of 2018": what it is done after
    r"(?<!\w)as (?:(?:was|were|had been|previously|earlier|already|first) )*$"
    r"|(?<!\w)(?:under|pursuant to|based on|by the terms of"
    r"|in (?:line|keeping|accordance|violation|breach) (?:with|of)) (?:[\w'-]+ ){0,3}$"
)
_WHICH_ONE = re.compile(  # "buildings in which it is to open": tells which ones
    r"(?<=\w) (?:(?:in|at|on|from|through|over|under|by|with|to) which|where)\s[^,;:]*$"
)
_KO_LEFT_SO = re.compile(  # "끊긴 통신선", "닫혔던 문": the state in which something was
    r"[가-힣 ]*?(?:끊긴|끊어진|닫힌|막힌|멈춘|멎은|잠긴|깨진|부서진|무너진|망가진|떠난|빠진|물러난"
    r"|풀린|헐린|그친)\s(?!것|바\s|데|뒤|후|지\s|채|적|상태|셈|건|게|줄)[가-힣]"
)
_KO_GONE = re.compile(
    r"(?:끊긴|끊어진|멈춘|멈춰 선|중단된|무산된|취소된|불발된|연기된|미뤄진|결렬된) [^,.…]*$"
)
_KO_HAD = re.compile(r"[가-힣]{0,2}던 (?!것|바\s|중|데|터|때|참|차|지\s)")
_TASK = re.compile(  # "통신선 복원도 맡는다", "復旧を担う": what somebody is to see to
    r"(?:[·・]\s?[가-힣]{1,4})?\s?(?:업무|임무|기능|작업)?[도을를까지]{0,2}[\"']?\s?(?:전담|담당|맡|관장|총괄)"
    r"|(?:業務|任務|作業)?(?:を|も)(?:担う|担当|受け持)|(?:工作|事务|事務)?(?:由|归).{1,8}负责"
)
_IN_CHARGE = re.compile(  # "in charge of restoring the lines"
    r"(?<!\w)(?:in charge of|(?:charged|tasked|entrusted) with|responsible for|task of|job of"
    r"|(?:charge[es]*|responsables?) d(?:e|u|es)|zustandig fur|betraut mit|encargad[oa]s? de"
    r"|ответственн\w+ за|отвечает за|مكلف\w* ب|مسؤول\w* عن)\s?(?:[\w'-]+ ){0,3}$"
)
_FIRST = re.compile(  # "restoring lines comes first": what is to be done
    r"\w*ing(?!\w)[^,;:…]* (?:comes? first|(?:is|are) (?:an? |the |his |her |its )?(?:\w+ )?"
    r"(?:priority|urgent|essential|vital|crucial|key|needed|necessary|task|goal|aim)(?!\w))"
)
_FIRST_BEHIND = re.compile(
    r"\s?(?:이|가|은|는|부터|が|は)?\s?(?:최?우선(?! 합의)|급선무|선결|과제|먼저)"
    r"|(?:が|は)?最?優先|是[当當][务務]之急"
)
_LASTED = re.compile(  # "復旧２週間", "복원 2주": how long it was before or since
    r"\s?[\d一二三四五六七八九十两]{1,3}\s?(?:週間?|か月|カ月|ヶ月|年|周年?|天|个月|個月|日(?:目|後|間)|주|개월|년|달)"
    r"(?!\d{0,2}[か-ヶ]?月?ぶり)"
)
_QUALIFIES = re.compile(  # "폭파된 청사", "爆破した庁舎", "被炸毁的大楼": tells which one
    r"(?:된|됐던|했던|됐었던|한|당한|시킨)\s(?!것|바\s|데|뒤|후|지\s|채|적|듯|모양|정황)"
    r"|(?:した|(?<=し)た|された|(?<=[しさ])れた|していた|(?<=し)ていた|されていた"
    r"|[えいきしちりっじんれけせめべげ](?:てい)?た)(?=[\u4e00-\u9fff\u30a0-\u30ff])"
    r"(?!模様|可能|疑|場合|際|直後|事実|覚え|一方|結果)"
    r"|(?:了)?的(?=[\u4e00-\u9fff])"
    r"|の(?=北|南|韓|朝|金)"  # "爆破の北朝鮮"
)
_QUALIFIED = re.compile(
    r"(?<!\w)(?:the|a|an|its|their|over|of|at|in|for|from|on|about|near|inside|outside|around|into"
    r"|[\w.]+'s|[\w.]+s')\s(?:\w{2,9}-)?$"
)
_ATTRIBUTES = {  # participles that tell which thing is meant: what stands before, and their forms
    "de": (re.compile(""), re.compile(r"\w*ge\w+(?:t|en)e[nmrs]?\s\w")),
    "ru": (
        re.compile(""),
        re.compile(r"\w+(?:нн|[ыо]т)(?:ыи|ого|ому|ым|ом|ая|ои|ую|ое|ые|ых|ыми)\s\w"),
    ),
    "fr": (
        re.compile(
            r"(?<!\w)(?:dans|devant|sur|vers|pres du|pres de la|autour du|hors du)"
            r" (?:l[ea']s?|un|une)? ?[\w-]+ $"
        ),
        re.compile(r"\w+(?:e|ee|es|ees|i|ie|is|ies|it|ite|ert|u|ue)(?!\w)"),
    ),
    "es": (
        re.compile(
            r"(?<!\w)(?:en|ante|frente a|cerca de|junto a|hacia|sobre)"
            r" (?:el|la|los|las|un|una) [\w-]+ $"
        ),
        re.compile(r"\w+(?:[ai]d|ert|ot)[oa]s?(?!\w)"),
    ),
    "ar": (re.compile(r"(?<!\w)ال$"), re.compile(r"م\w+")),
}
_FOR_DOING = re.compile(r"(?<!\w)for (?:\w+ly )?$")  # "sued for blowing up": why
_BY = re.compile(r"\s(?:by|par|von|por)(?!\w)")
_FOR_HAVING = re.compile(r"(?<!\w)(?:por (?:haber )?(?=\w+(?:r|do)\w{0,2} )|pour avoir )")
_DEPLORED = frozenset({"condemn", "regret"})
_DEEMED = re.compile(  # "does not consider the opening a breach"
    r"(?<!\w)(?:(?:regard|deem|view)(?:s|ed)? (?:the )?|consider(?:s|ed)? the "
    r"|(?:счита|расценива|рассматрива)\w+ |considere(?:nt)?(?: pas)? (?:l'|la )"
    r"|considera(?:n)? (?:el |la ))$"
)
_PARTICIPLE = re.compile(r"(?:ed|en|wn|ut)(?:[ -]\w{2,4})?$")
_EARLIER = re.compile(r"(?:此前|之前|先前|早前|앞서|これまで|それまで)[^,、。;]*$")
_WHOSE = re.compile(r"(?:的|の|는|은|던)\s?$")  # "하자는 제안", "韩方的提议": a noun
_HAD = re.compile(r"(?<!\w)(?:had|hatte\w*|avai\w+|habia\w*)\s(?:\w+\s){0,2}$")
_REPORTED = re.compile(
    r"(?<!\w)(?:that|dass|que)\s[^,]*$"
    r"|(?<!\w)(?:said|says|announced|confirmed|reported|added)\s[^,]*$"  # "said it had closed"
)
_AGREED = frozenset({"agree", "sign"})
_GOVERNS = frozenset({"reject", "accept", "deny"})
_CLAUSE = re.compile(r"[,;、。，…]")
_CLAUSE_JA = re.compile(r"[,;、。，…\s]")  # a space parts the clauses of a headline
_BREAK = re.compile(r"[…;:|]")  # in a headline another thing begins
_REACH = 60  # characters before an act in which "after" or "had" may stand
_WHAT_IS_LEFT = re.compile(r"remain(?:s|der) of |remaining (?!open|shut|closed)")  # no going on
_IF_IT_GOES_ON = re.compile(r"[가-힣]{0,2}면|[ぁ-ん]{0,2}ば|なら")  # "계속되면 폐쇄": no going on
_STILL = 8  # characters between "still" and what goes on
_DATED_BEHIND, _DATED_AHEAD = 24, 12  # characters from an act to the day of long ago it bears


def is_background(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """The act is only what something else follows or is about: "after the withdrawal", "철수 이후",
    "the building blown up last year", "폭파된 청사", "had walked out".
    """
    text = sentence.text
    before = text[max(0, act.start - _REACH) : act.start]
    if reading.tongue.unspaced:
        behind = (_FOLLOWED, _LASTED, _QUALIFIES, _TASK, _FIRST_BEHIND)
        if any(way.match(text, act.end) for way in behind) or _EARLIER.search(before):
            return True
        if is_put_off(text, act, reading.lang):
            return True
        if reading.lang == "ja" and act.id not in SPEECH and is_reason(sentence, act):
            return True
        if reading.lang == "zh" and act.id not in SPEECH and is_matter(text, act):
            return True
        if act.id in SPEECH and _WHOSE.search(before):
            return True
        if act.id in _AGREED and _AS_SAID_BEHIND.match(text, act.end):
            return True
        if reading.lang == "ko" and _was_so(sentence, act):
            return True
    elif _of_another(sentence, act, before) or _is_attribute(sentence, act, reading.lang):
        return True
    governed = _object_of(sentence, act, reading) or _deplored(sentence, act, reading)
    return governed or _long_ago(sentence, act, reading)


def _of_another(sentence: Sentence, act: Hit, before: str) -> bool:
    """In languages with spaces: what another act follows, tells apart, or is done for."""
    return bool(
        _follows(sentence, act, before)
        or _qualifies(sentence, act)
        or _left_by(sentence, act)
        or _undone(sentence, act)
        or _had(before)
        or _ALTHOUGH.search(before)
        or _tells_which(sentence, act)
        or (act.id in _AGREED and _AS_SAID.search(before))
        or _WHEN.search(before)
        or _IN_CHARGE.search(before)
        or _DEEMED.search(before)
        or _DAILY_CALL.match(sentence.text, act.start)
        or _FIRST.match(sentence.text, act.start)
        or _is_why(sentence, act, before)
    )


def _follows(sentence: Sentence, act: Hit, before: str) -> bool:
    """Behind "after" or "amid"; behind "as" or "while", if another act was told before that."""
    follows = _FOLLOWS.search(before)
    if follows and not _is_whither(sentence, act.start - len(before) + follows.start()):
        return True
    found = _AS.search(sentence.text[: act.start])
    if found is None:
        return False
    return any(hit.end <= found.start() for hit in sentence.acts)


def _is_whither(sentence: Sentence, start: int) -> bool:
    """ "Nach Korea": where to, not after what."""
    found = _NACH.match(sentence.text, start)
    return found is not None and any(
        hit.start == found.end() and hit.kind in ("actor", "place") for hit in sentence.hits
    )


def _is_why(sentence: Sentence, act: Hit, before: str) -> bool:
    """ "Sued for blowing up the office": why something else is done."""
    gerund = sentence.text[act.start : act.end].split(" ")[0].endswith("ing")
    if gerund and _FOR_DOING.search(before):
        return True
    found = _FOR_HAVING.search(sentence.text, max(0, act.start - 12), act.end)
    return found is not None and found.end() == act.start


def _deplored(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """What is condemned or regretted was told before: "deplores blast", "폭파에 유감"."""
    behind, near = reading.lang in ("ko", "ja"), 24
    clause = _CLAUSE_JA if reading.lang == "ja" else _CLAUSE
    for other in sentence.acts:
        if other.id not in _DEPLORED or act.id in _DEPLORED:
            continue
        first, last = (act, other) if behind else (other, act)
        between = sentence.text[first.end : last.start]
        if first.end <= last.start and len(between) <= near and not clause.search(between):
            return True
    return False


def _object_of(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """What is rejected or accepted is no saying of its own: "rejects the offer", "제안을 거부"."""
    if act.id not in SPEECH:
        return False
    behind = reading.lang in ("ko", "ja")
    clause = _CLAUSE_JA if reading.lang == "ja" else _CLAUSE
    for other in sentence.acts:
        if other.id not in _GOVERNS or other.id == act.id:
            continue
        first, last = (act, other) if behind else (other, act)
        between = sentence.text[first.end : last.start]
        near = first.end <= last.start and len(between) <= (12 if behind else 40)
        if near and not clause.search(between):
            return True
    return False


def goes_on(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """ "still closed" and "stays shut" tell of no closing."""
    still = any(
        hit.kind == "mood"
        and hit.id == "still"
        and hit.start != act.start
        and not _WHAT_IS_LEFT.match(sentence.text, hit.start)
        and not _IF_IT_GOES_ON.match(sentence.text, hit.end)
        and (_beside(hit, act) or 0 <= hit.start - act.end <= 2)
        for hit in sentence.hits
    )
    return still or lasts(sentence, act, lang)


def _beside(still: Hit, act: Hit) -> bool:
    """It stands shortly before the act, or ends in it: "still not answering"."""
    return still.start < act.start and act.start - still.end <= _STILL


def _had(before: str) -> bool:
    return _HAD.search(before) is not None and _REPORTED.search(before) is None


def _qualifies(sentence: Sentence, act: Hit) -> bool:
    """ "the shuttered office", "reconnect severed lines": a participle before its noun."""
    text = sentence.text
    if not _PARTICIPLE.search(text[act.start : act.end]) or text[act.end : act.end + 1] != " ":
        return False
    verb = any(0 < act.start - hit.end <= 2 for hit in sentence.acts)
    thing = any(
        hit.kind in ("subject", "short") and hit.start <= act.end + 1 < hit.end
        for hit in sentence.hits
    )
    return (verb and thing) or _QUALIFIED.search(
        text[max(0, act.start - 20) : act.start]
    ) is not None


def _left_by(sentence: Sentence, act: Hit) -> bool:
    """ "Head to the office vacated by the North": behind its noun, once another act was told."""
    before = [hit for hit in sentence.hits if hit.end <= act.start and hit.kind != "place"]
    thing = any(hit.kind in ("subject", "short") and act.start - hit.end == 1 for hit in before)
    told = any(hit.kind == "act" and act.start - hit.end > 1 for hit in before)
    return thing and told and _BY.match(sentence.text, act.end) is not None


def _tells_which(sentence: Sentence, act: Hit) -> bool:
    """ "Went to the building in which it is to open": once another act was told."""
    found = _WHICH_ONE.search(sentence.text, max(0, act.start - _REACH), act.start)
    if found is None:
        return False
    return any(hit.end <= found.start() for hit in sentence.acts)


def _was_so(sentence: Sentence, act: Hit) -> bool:
    """How a thing was before what is told of it: "닫혔던 문", "끊긴 통신선 복원"; talks that came
    to nothing: "2월 뒤로 끊긴 회의".
    """
    if act.id == "meet" and _KO_GONE.search(sentence.text, max(0, act.start - 20), act.start):
        return True
    if _KO_HAD.match(sentence.text, act.end):
        return True
    found = _KO_LEFT_SO.match(sentence.text, act.start, act.end + 3)
    if found is None or found.end() <= act.end:
        return False
    return any(hit.start >= found.end() - 1 for hit in sentence.acts)


def _undone(sentence: Sentence, act: Hit) -> bool:
    """ "The cancelled trip": behind a participle that tells what became of it."""
    return any(
        hit.end == act.start - 1
        and _PARTICIPLE.search(sentence.text[hit.start : hit.end])
        and _qualifies(sentence, hit)
        for hit in sentence.acts
    )


def _is_attribute(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """ "Im gesprengten Haus", "dans le bureau fermé", "в закрытом консульстве"."""
    found = _ATTRIBUTES.get(lang or "")
    if found is None:
        return False
    before, form = found
    tells = " " not in sentence.text[act.start : act.end] and form.match(sentence.text, act.start)
    return bool(tells and before.search(sentence.text[max(0, act.start - 40) : act.start]))


def _long_ago(sentence: Sentence, act: Hit, reading: Reading) -> bool:
    """A day of long ago stands beside the act, and no other act between: "severed last year"."""
    past = [
        (when.start, when.end)
        for when in sentence.days
        if (reading.today - when.day).days - when.width + 1 > OLD_AFTER
    ]
    past += [(hit.start, hit.end) for hit in sentence.hits if hit.kind == "cue" and hit.id == "old"]
    others = [hit for hit in sentence.acts if hit.start != act.start]
    for start, end in past:
        low, high = (act.end, start) if start >= act.end else (end, act.start)
        reach = _DATED_BEHIND if start >= act.end else _DATED_AHEAD
        apart = any(low < o.end and o.start < high for o in others) or _BREAK.search(
            sentence.text, low, high
        )
        if 0 <= high - low <= reach and not apart:
            return True
    return False
