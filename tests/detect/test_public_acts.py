"""What parliaments, courts, ministries and crowds do, in nine languages: acts of any topic."""

from __future__ import annotations

import pytest

from monitor.config.lexicon import read_lexicon
from monitor.config.topic import parse_topic
from monitor.detect import Topic, compile_topic
from monitor.detect.words.reading import read
from tests.detect.examples import article

ACTS = ["pass_law", "veto", "protest", "blockade", "convict", "repeal", "invest"]


@pytest.fixture(scope="module")
def topic() -> Topic:
    subject = {"id": "canal", "label": "the canal", "names": {"en": ["north canal"]}}
    pack = {"title": "A canal", "subjects": [subject], "push": ACTS}
    return compile_topic("canal", parse_topic(pack), read_lexicon())


def acts(title: str, lang: str, topic: Topic) -> list[str]:
    sentence = read(article(title, lang=lang), topic).title
    return sentence.ids("act") if sentence is not None else []


@pytest.mark.parametrize(
    ("lang", "title", "act"),
    [
        ("en", "Councillors pass a new plan for the harbour", "pass_law"),
        ("de", "Stadtrat beschließt neuen Bebauungsplan", "pass_law"),
        ("fr", "L'assemblée adopte le plan du canal", "pass_law"),
        ("es", "El Senado aprueba la reforma del canal", "pass_law"),
        ("ru", "Сейм принял поправки о канале", "pass_law"),
        ("zh", "市议会通过预算", "pass_law"),
        ("en", "President sends canal law back to parliament", "reject"),
        ("de", "Senat stimmt gegen den Kanal", "reject"),
        ("es", "El Senado vota en contra del canal", "reject"),
        ("en", "Government pulls canal law", "withdraw"),
        ("ru", "Кабинет отозвал законопроект о канале", "withdraw"),
        ("en", "Opposition tables a bill on the canal", "propose"),
        ("de", "Grüne bringen Antrag zum Kanal ein", "propose"),
        ("fr", "Des élus déposent une motion sur le canal", "propose"),
        ("ja", "野党が運河の法案を提出", "propose"),
        ("ko", "야당, 운하 법안 발의", "propose"),
        ("en", "Crowd gives the government ten days", "order"),
        ("en", "Farmers block two roads at the canal", "blockade"),
        ("de", "Bauern legen mit Straßenblockade Verkehr lahm", "blockade"),
        ("fr", "Des paysans bloquent le canal", "blockade"),
        ("es", "Vecinos cortan la carretera del canal", "blockade"),
        ("ru", "Фермеры перекрыли трассу", "blockade"),
        ("zh", "农民堵路", "blockade"),
        ("ja", "運河に反対するデモ", "protest"),
        ("fr", "Le canal fait descendre la ville dans la rue", "protest"),
        ("en", "Ministry revokes the canal permit", "cancel"),
        ("en", "Board strikes the wrecked lock off the books", "cancel"),
        ("en", "Council commissions a legal study of the canal", "review"),
        ("ko", "시청, 운하 배상 연구용역 발주", "review"),
        ("de", "Hafen gibt Gutachten in Auftrag", "review"),
        ("en", "Case of the sunken barge opens without the owner", "begin"),
        ("de", "Gericht hebt Genehmigung für den Kanal auf", "cancel"),
        ("fr", "Le préfet retire l'autorisation du canal", "cancel"),
        ("es", "El ministerio retira la licencia del canal", "cancel"),
        ("ar", "الوزارة تسحب ترخيص القناة", "cancel"),
        ("en", "Canal company gets its licence back", "restore"),
        ("de", "Ministerium setzt Plan wieder in Kraft", "restore"),
        ("fr", "L'Etat remet en vigueur le plan du canal", "restore"),
        ("en", "Ruling paves the way for the canal", "accept"),
        ("fr", "Paris et Rome scellent leur accord", "sign"),
        ("en", "Ministry kills the plan for a canal", "cancel"),
    ],
)
def test_an_act_of_public_life_is_read(lang: str, title: str, act: str, topic: Topic) -> None:
    assert act in acts(title, lang, topic)


@pytest.mark.parametrize(
    ("title", "act"),
    [
        ("Canal firm bets on batteries", "damage"),
        ("Ministry kills the plan for a canal", "kill"),
    ],
)
def test_what_only_looks_like_an_act_is_none(title: str, act: str, topic: Topic) -> None:
    assert act not in acts(title, "en", topic)
