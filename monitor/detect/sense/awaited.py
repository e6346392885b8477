"""A noun for an act of which the words beside it say that it is yet to come: "expected reopening",
"drohende Schließung", "réouverture attendue", "الافتتاح المرتقب".
"""

from __future__ import annotations

import re

from monitor.detect.words.match import Hit
from monitor.detect.words.reading import Sentence

_REACH = 40  # characters before an act in which its adjective may stand
_OF = r"(?:\s[\w'-]+){0,4}?\s"  # what the noun is of: "closure of the consulate"
_STOP = r"(?=[\"',;:.!]|\s-\s|$)"
_BEFORE = {
    "en": re.compile(
        r"(?<!\w)(?:expected|anticipated|imminent|impending|looming|forthcoming|pending|hoped-for"
        r"|feared|possible|potential|prospective|future|near(?:s|ed|ing)|close to|awaits?|awaiting"
        r"|(?:verge|brink|cusp|eve) of|(?:set|slated|due|ready|bound|braces?|prepares?) for)"
        r" (?:(?:the|a|an|its|full|partial|early) )?$"
    ),
    "fr": re.compile(
        r"(?<!\w)(?:future|eventuelle?|possible|probable|imminente?|prochaine?) (?:\w+ )?$"
        r"|(?<!\w)(?:dans l'attente|a la veille) d(?:e la |e l'|u |'une? )$"
    ),
    "de": re.compile(
        r"(?<!\w)(?:bevorstehend|baldig|geplant|drohend|anstehend|erwartet|erhofft|kunftig|moglich"
        r"|nahend|vorgesehen|angestrebt|befurchtet)e[nmrs]? (?:\w+e[nmrs]? )?$"
    ),
    "es": re.compile(
        r"(?<!\w)(?:futur[ao]|inminente|esperad[ao]|posible|eventual|proxim[ao]) (?:\w+ )?$"
        r"|(?<!\w)(?:se acerca|se avecina|a la espera de|en visperas de) (?:la |el )?$"
    ),
    "ru": re.compile(
        r"(?<!\w)(?:предстоящ|скор|грядущ|будущ|ожидаем|планируем|запланированн|возможн|вероятн"
        r"|намеченн|намечающ|готовящ|близк)\w{2,3} (?:\w+[еоы]\w? )?$"
        r"|(?<!\w)(?:близится|приближается|намечается|готовится) (?:\w+[еоы]\w? )?$"
    ),
    "ar": re.compile(r"(?<!\w)(?:قرب|اقتراب|انتظار|بانتظار|احتمال|ترقب|وشك)\s(?:ال)?$"),
}
_BEHIND = {
    "en": re.compile(
        rf"{_OF}(?:imminent|looms?|looming|(?<!as )(?<!than )expected|pending"
        rf"|in sight|around the corner|on the cards|on the horizon"
        rf"|(?:draws|draw) near|near{_STOP})(?!\w)"
    ),
    "fr": re.compile(
        rf"{_OF}(?:prevue?s?|attendue?s?|imminentes?|envisagee?s?|programmee?s?|esperee?s?"
        r"|a venir|en vue|se profile|approche|prochaines?)(?!\w)|\spossibles?(?!\w)"
    ),
    "de": re.compile(
        rf"{_OF}(?:steh\w+ (?:\w+ )?(?:kurz )?bevor|droht|naht|erwartet|absehbar|in sicht"
        rf"|in aussicht|ruckt naher|vor der tur|moglich{_STOP})(?!\w)"
    ),
    "es": re.compile(
        rf"{_OF}(?:inminentes?|previst[ao]s?|esperad[ao]s?|programad[ao]s?|proxim[ao]s?"
        r"|a la vista|en puertas|se acerca)(?!\w)"
    ),
    "ru": re.compile(
        rf"{_OF}(?:близится|приближается|не за горами|неминуем\w+|предстоит|ожидается|намечен\w*"
        r"|запланирован\w*)(?!\w)"
    ),
    "ar": re.compile(
        rf"{_OF}(?<!موعده )(?<!الموعد )(?:ال)?"
        r"(?:مرتقب|وشيك|منتظر|متوقع|مقرر|محتمل|مزمع|قادم)(?:ه|ة|ا|ين)?(?!\w)"
    ),
}


def is_awaited(sentence: Sentence, act: Hit, lang: str | None) -> bool:
    """What stands beside a noun for an act, within its clause, says that it is expected, imminent
    or possible. Beyond another act the words are of that one.
    """
    before, behind = _BEFORE.get(lang or ""), _BEHIND.get(lang or "")
    if before is None or behind is None:
        return False
    if before.search(sentence.text, max(0, act.start - _REACH), act.start):
        return True
    found = behind.match(sentence.text, act.end)
    return found is not None and not any(
        act.end <= hit.start and hit.end < found.end() for hit in sentence.acts if hit is not act
    )
