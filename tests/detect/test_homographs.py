"""Words of the lexicons that are written like others: sentences of our own in which the act that a
form stands for is not told, and those beside them in which it is.
"""

from __future__ import annotations

import pytest

from monitor.detect.sense.moods import modality_of, negated
from monitor.detect.words.reading import read
from monitor.models import Modality
from tests.detect.examples import all_news, article

NOT_MEANT = {
    "en": [("New checkpoint on the valley road", "inspect")],
    "de": [
        ("Das Orchester stellt ein neues Programm vor", "stop"),
        ("Die Klinik stellt zwölf Pflegerinnen ein", "stop"),
        ("Der Kanzler sagt, er lehne das Treffen ab", "cancel"),
        ("Im Schloss Bellevue brennt Licht", "close"),
        ("Zug hält ab Montag auch in Celle", "withdraw"),
        ("Er zieht ab dem ersten Mai nach Köln", "withdraw"),
        ("Kirmes in Bonn: Riesenrad dreht sich um die Achse", "divert"),
        ("Das widerspricht dem Vertrag von 1994", "deny"),
        ("Truppe erwidert das Feuer", "answer"),
        ("Waffen schweigen seit Mitternacht", "silent"),
        ("Inflation nimmt nicht ab, reagiert aber", "absent"),
        ("Minister zitiert aus dem Grundgesetz", "summon"),
        ("Parteien sind im Parlament etabliert", "establish"),
        ("Die Zukunft der Botschaft ist offen", "open"),
        ("Es kommt auf die Details an", "visit"),
        ("Einbrecher brechen Tresor auf", "visit"),
        ("Merz trifft Trump im Weißen Haus", "damage"),
        ("Mannschaft schneidet bei Turnier gut ab", "cut"),
        ("Delegation reist aus Unterkunft der Botschaft ab", "demolish"),
        ("Wölfe in Sachsen auf dem Vormarsch", "deploy"),
        ("Pflicht zum Visum entfällt", "absent"),
        ("Krieg in der Ostukraine geht weiter", "resume"),
        ("Es gibt keine Zweifel mehr", "stop"),
        ("Händler fanden ihn geschickt", "stop"),
        ("Sie hat vor Gericht geschwiegen und wenig geplant", "answer"),
        ("Artenschutz: Feldhamster stark bedroht", "threaten"),
        ("Gesetz auf den Weg gebracht", "send"),
        ("Regierung verfügt über Reserven", "order"),
        ("Minister räumte Fehler ein", "withdraw"),
        ("Sie legt ein Buch vor", "close"),
    ],
    "fr": [
        ("La maire recommande un restaurant du port", "restore"),
        ("À plusieurs reprises, le fleuve a débordé", "resume"),
        ("Wall Street termine en repli", "withdraw"),
        ("Le ministre et son homologue polonais", "accept"),
        ("Panne informatique dans les gares", "notify"),
        ("Une candidate ravie du scrutin", "inspect"),
        ("Trois ans de prison avec sursis", "delay"),
        ("Plus tard à Lyon, le soleil", "delay"),
        ("Vaccin : peu d'effets indésirables", "expel"),
        ("Le capitaine souffre d'une entorse", "violate"),
        ("Le syndicat prend position sur les retraites", "deploy"),
        ("L'accusé plaide coupable", "propose"),
        ("Le médecin rédige une ordonnance", "order"),
        ("Dans un état critique à Lille", "condemn"),
        ("Les visiteurs gagnent trois à zéro", "visit"),
        ("Le réchauffement du climat s'aggrave", "restore_ties"),
        ("Les civils au prix fort", "threaten"),
        ("Une ferme du Berry a brûlé", "deny"),
        ("Procès à huis clos pour mineur", "meet"),
        ("Cent appels par jour au standard", "urge"),
        ("La boucle est belle, dit le cycliste", "close"),
        ("Un livre sur deux vendu en ligne", "supply"),
        ("Les soldes font marcher la presse de mode", "urge"),
        ("La somme de trois nombres", "order"),
    ],
    "es": [
        ("El torneo abierto de tenis reparte premios", "open"),
        ("Piden fondos para las obras del museo", "stop"),
        ("De acuerdo con la encuesta, gana el sí", "agree"),
        ("El huracán arrastra coches y barro", "demolish"),
        ("La última etapa del ciclista vasco", "complete"),
        ("Los vecinos se vieron afectados por el humo", "meet"),
        ("El líder de la oposición al alcalde", "reject"),
        ("Hallan una tumba romana", "reject"),
        ("La réplica del sismo se sintió en Lima", "answer"),
        ("Una red de narcos deja tres muertos", "cut"),
        ("El agua deja la ciudad de Vigo sin luz", "withdraw"),
        ("Migrantes rumbo a Europa", "visit"),
        ("Adiós a la leyenda del tango", "close"),
        ("El filme revive la tragedia", "resume"),
        ("Presión sobre los precios del pan", "urge"),
        ("Su discurso no se hizo esperar", "absent"),
        ("Un informe revisa la economía estancada", "stop"),
        ("Prosiguen los combates en el este", "resume"),
        ("Cae un cargamento de cocaína en Vigo", "send"),
    ],
    "ru": [
        ("Утром в Омске выпал снег", "increase"),
        ("Весенний призыв идёт по плану", "urge"),
        ("Новые требования к водителям автобусов", "urge"),
        ("Пловцу снова везёт", "send"),
        ("Скандал вызвал вопросы после матча", "summon"),
        ("Размещение рекламы на фасадах подорожало", "deploy"),
        ("Депутат шестого созыва ушёл на пенсию", "meet"),
        ("Консенсус-прогноз аналитиков по рублю", "agree"),
        ("Естественная убыль населения растёт", "withdraw"),
        ("Ответственность за пожар лежит на заводе", "answer"),
        ("Урожай под угрозой из-за отсутствия дождей", "absent"),
        ("Тысячи фанатов собрались у стадиона", "meet"),
        ("В городе отбросы складывают у реки", "reject"),
    ],
    "ar": [
        ("ارتفاع العائدات من السياحة في تونس", "return"),
        ("وقع انفجار في مصنع بحسب بيان الشرطة", "sign"),
        ("هو إذن بعيد عن المنافسة", "accept"),
        ("مسيرة في وهران تطالب بالماء", "damage"),
        ("عازفة تقدم مقطوعة موسيقية", "cut"),
        ("ماذا تفعل إذا ضاع الخط", "restore"),
        ("طيور مهددة بالانقراض", "threaten"),
        ("أمر بالغ الأهمية للمزارعين", "order"),
        ("ضغوط على الليرة في الأسواق", "urge"),
        ("نشرت صحيفة صورة قديمة فيها طائرات", "deploy"),
        ("حزب البعث بين الأمس واليوم", "send"),
        ("برد قارس في الجبال", "answer"),
        ("تعرض لإصابة في الركبة", "propose"),
    ],
}
MEANT = {
    "de": [
        ("Prag stellt nach Angaben des Ministeriums die Arbeit in der alten Kanzlei ein", "stop"),
        ("Ottawa nimmt nach vier Jahren die Gespräche über das Kanalnetz wieder auf", "resume"),
        ("Bern lehnte am Freitag den dritten Entwurf der Vermittler ab und reiste heim", "reject"),
        ("Wien ruft seinen Botschafter in Minsk zurück", "recall_envoy"),
        ("Reeder bietet Rückkauf an, Werft winkt ab.", "reject"),
    ],
}

NOT_DONE = {
    "de": [
        ("Chile nimmt die Gespräche über den Fährhafen nicht wieder auf", "resume"),
        ("Peru zieht seine Beamten vorerst nicht ab", "withdraw"),
        ("Oman lehnt den Vorschlag nicht ab", "reject"),
    ],
}
PLANNED, PROPOSED = Modality.PLANNED, Modality.PROPOSED
TOLD_AS = {
    "de": [
        ("Kanada strebt Öffnung der Fährlinie an", "open", PLANNED),
        ("Oslo pocht auf Schließung des Lagers", "close", PROPOSED),
        ("Prag peilt Abzug der Ärzte an", "withdraw", PLANNED),
    ],
    "fr": [
        ("Oslo songe à fermer le camp", "close", PLANNED),
        ("Le maire prône la réouverture du tunnel", "resume", PROPOSED),
        ("Quito ambitionne de rouvrir sa mission", "resume", PLANNED),
    ],
    "es": [
        ("Oslo baraja cerrar el campamento", "close", PLANNED),
        ("Quito aspira a reabrir su misión", "resume", PLANNED),
        ("El alcalde aboga por reabrir el túnel", "resume", PROPOSED),
        ("Inminente reapertura del túnel", "resume", PLANNED),
    ],
    "ru": [
        ("Осло рассчитывает закрыть лагерь", "close", PLANNED),
        ("Открытие туннеля запланировано на май", "open", PLANNED),
        ("Мэр настаивает на открытии туннеля", "open", PROPOSED),
    ],
    "ar": [
        ("العمدة يتمنى فتح النفق", "open", PROPOSED),
        ("أوسلو تسعى إلى إغلاق المخيم", "close", PLANNED),
    ],
}


def acts(title: str, lang: str) -> list[str]:
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    return reading.title.ids("act")


@pytest.mark.parametrize(
    ("lang", "title", "act"), [(lang, *line) for lang, lines in NOT_MEANT.items() for line in lines]
)
def test_a_word_that_is_written_alike_is_not_read_as_the_act(
    lang: str, title: str, act: str
) -> None:
    assert act not in acts(title, lang)


@pytest.mark.parametrize(
    ("lang", "title", "act"), [(lang, *line) for lang, lines in MEANT.items() for line in lines]
)
def test_the_parts_of_a_verb_are_read_however_far_apart(lang: str, title: str, act: str) -> None:
    assert act in acts(title, lang)


@pytest.mark.parametrize(
    ("lang", "title", "act"), [(lang, *line) for lang, lines in NOT_DONE.items() for line in lines]
)
def test_a_negation_between_the_parts_of_a_verb_denies_it(lang: str, title: str, act: str) -> None:
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    told = next(hit for hit in reading.title.hits if hit.kind == "act" and hit.id == act)
    assert negated(reading.title, told, reading)


@pytest.mark.parametrize(
    ("lang", "title", "act", "told"),
    [(lang, *line) for lang, lines in TOLD_AS.items() for line in lines],
)
def test_the_words_for_plans_wishes_and_orders_tell_no_deed(
    lang: str, title: str, act: str, told: Modality
) -> None:
    reading = read(article(title, lang=lang), all_news())
    assert reading.title is not None
    hit = next(hit for hit in reading.title.hits if hit.kind == "act" and hit.id == act)
    assert modality_of(reading.title, hit, reading) is told
