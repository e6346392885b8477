"""Words with which a headline says that all is as it was: "works as usual", "läuft normal weiter",
"이틀째 정상", "変化なし", "照常". That it is so *again* is another matter, and mostly news.
"""

from __future__ import annotations

import re

from monitor.detect.words.reading import Sentence

_AS_BEFORE = {
    "en": re.compile(
        r"(?<!\w)(?:as (?:usual|normal|before|ever)|normally|no changes?|unchanged|unaffected"
        r"|nothing (?:new|unusual)|(?:second|third|fourth|another|\d+(?:nd|rd|th)) normal day)"
        r"(?!\w)"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:normalement|comme (?:d'habitude|avant|d'ordinaire|toujours|a l'accoutumee)"
        r"|(?:sans|pas de|aucun) changement|rien ne change|rien de nouveau)(?!\w)"
    ),
    "de": re.compile(
        r"(?<!\w)(?:wie (?:bisher|gewohnt|ublich|immer|zuvor)|(?:lauf\w*|arbeit\w*) normal"
        r"|unverandert|planmasig"
        r"|kein\w* (?:ver)?anderung\w*|nichts neues)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:con normalidad|normalmente|como (?:antes|siempre|de costumbre)"
        r"|sin cambios|sigue igual|nada nuevo)(?!\w)"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:в (?:обычном|штатном|прежнем) режиме|как (?:обычно|прежде|раньше|всегда)"
        r"|без изменении|ничего не (?:изменилось|меняется))(?!\w)"
    ),
    "ar": re.compile(
        r"(?:بشكل (?:طبيعي|اعتيادي|عادي)|بصورة (?:طبيعية|عادية)|كالمعتاد|كالعادة|كالسابق"
        r"|كما في السابق|دون تغيير|لا تغيير)"
    ),
    "ko": re.compile(
        r"평소(?:대로|처럼|와 같)|정상(?:적으로)? ?(?:가동|운영|진행|운용|근무|작동|통화|출근|업무)"
        r"|(?:째|도|는|은) 정상(?=[\"'…,\s(]|$)|(?:차질|이상|변화|변함) ?없|예전대로"
    ),
    "ja": re.compile(
        r"(?:通常|平常|普段|いつも|これまで|従来)(?:の)?(?:通り|どおり)|変化な[しくい]|変わら[ずな]"
        r"|支障な[くし]|正常に(?:稼働|運営|作動|機能)"
    ),
    "zh": re.compile(
        r"照常|如常|一如(?:既往|往常)|正常(?:运作|运行|运转|工作|开放|进行|運作|運行|開放|進行)"
        r"|(?:没有|沒有|并无|無|无)[变變]化|保持正常|[维維]持不变"
    ),
}
_AGAIN = {  # it was not so for a while
    "en": re.compile(r"(?<!\w)(?:again|once more|back|resum\w+|return\w*|at last|finally)(?!\w)"),
    "fr": re.compile(r"(?<!\w)(?:de nouveau|a nouveau|enfin|repren\w+|retour\w*)(?!\w)"),
    "de": re.compile(r"(?<!\w)(?:wieder|endlich|erneut|zuruck)(?!\w)"),
    "es": re.compile(r"(?<!\w)(?:de nuevo|otra vez|vuelv\w+|por fin|reanud\w+)(?!\w)"),
    "ru": re.compile(r"(?<!\w)(?:снова|вновь|опять|наконец\w*|возобнов\w+)(?!\w)"),
    "ar": re.compile(r"(?:مجددا|من جديد|مرة اخرى|مرة اخري|عاد|عادت|استان\w+)(?!\w)"),
    "ko": re.compile(r"다시|재개|만에|복구|복원|복귀|되찾|회복|(?:오후|저녁|이번)[에엔도는]*"),
    "ja": re.compile(r"再び|再開|ぶり|復旧|復帰|回復|午後|夕方"),
    "zh": re.compile(r"重新|再次|恢复|恢復|下午|傍晚|终于|終於"),
}


def says_unchanged(title: Sentence, lang: str | None) -> bool:
    """The headline says that things are as they were, and not that they are so again."""
    said, again = _AS_BEFORE.get(lang or ""), _AGAIN.get(lang or "")
    if said is None or again is None or said.search(title.text) is None:
        return False
    return again.search(title.text) is None
