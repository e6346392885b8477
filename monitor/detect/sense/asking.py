"""Titles that ask, or promise to explain: they tell of nothing that happened."""

from __future__ import annotations

import re

from monitor.detect.words.numbers import LENGTHS
from monitor.detect.words.reading import Sentence

_QUESTION = re.compile(r"[^.!?…;؟]*[?؟][\"')\]]*")
_BEGINS = r"(?:^|[:;…\"(|] ?|[–—-] |\. )"
_ASKED = {  # the words with which a clause of a title begins that says what a text will explain
    "en": r"(?:what|how|why|where|who)(?:'s)? \w",
    "fr": r"(?:ce qu[ei' ]|pourquoi |comment |qui sont |ou en )",
    "de": r"(?:was|wie|warum|wieso|weshalb|wer) \w",
    "es": r"(?:(?:lo |por )?que|como|quien(?:es)?|donde|cuanto) \w",
    "ru": r"(?:что|как|почему|зачем|кто|где|сколько) (?!сообща|заяв|пиш|переда|говор|отмеча)\w",
    "ar": r"(?:ماذا|كيف|لماذا|ما الذي|من هو|اين) ",
    "ko": r"(?:왜|어떻게|무엇[이을]?|어디로|누가) ",
    "ja": r"(?:なぜ|どうして|どうやって|何が|いかに)",
    "zh": r"(?:如何|怎么|怎麼|什么|何以)|为何|为什么|為何|為什麼",
}
_ENDS = {  # or ends, in the languages that put it there
    "ko": r"(?:이유|까닭|배경|의미|속내|전말)(?:는|은|가)?[?…]?$",
    "ja": r"(?:とは|のか|理由|わけ|背景|意味)[?…]?$",
    "zh": r"(?:的原因|的背后|的背後|意味着什么|意味著什麼)[?…]?$",
}
_EXPLAINED = {
    lang: re.compile("|".join(filter(None, (_BEGINS + begins, _ENDS.get(lang, "")))))
    for lang, begins in _ASKED.items()
}


def asks(title: Sentence) -> bool:
    """The title is a question and nothing else."""
    return _QUESTION.fullmatch(title.text.strip()) is not None


def explains(title: Sentence, lang: str | None) -> bool:
    """The title says what the text will explain, and gives no figure of it but how long it was:
    "how they keep in touch", "what a year of it taught".
    """
    found = _EXPLAINED.get(lang or "")
    figures = any(number.unit not in LENGTHS for number in title.numbers)
    if found is None or figures or "?" in title.text:  # a question that is answered
        return False
    return found.search(title.text.strip()) is not None
