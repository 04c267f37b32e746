"""What two records have in common and in what they differ: (field, level) for each field that both tell of.

Symmetric: who stands first makes no difference. What one of them does not tell counts for nothing.
"""

from __future__ import annotations

from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from daifuku.dedupe.matching.firm import Firm
from daifuku.dedupe.matching.names import FirmName, sister_of
from daifuku.dedupe.matching.person import Person
from daifuku.dedupe.matching.site import NOWHERE, Site
from daifuku.foundation.japanese import romaji_key
from daifuku.foundation.japanese.reading import has_kanji

Facts = tuple[str, ...]
CLOSE, NEAR = 0.8, 0.88
# So many letters of a firm's name and of a domain tell that they are one.
ENOUGH = 5
# Before the @, of no single person.
OFFICES = frozenset(
    (
        "info", "contact", "mail", "office", "sales", "support", "post", "eigyo", "soumu", "somu", "keiri", "jinji",
        "recruit", "web", "admin", "webmaster", "customer", "inquiry", "toiawase", "honsha", "tencho", "kobo",
    )
)  # fmt: skip


def compare_firms(one: Firm, other: Firm) -> Facts:
    facts = [_firm_name(one, other)]
    first, second = one.name, other.name
    if first.core == second.core and first.form and second.form and first.form != second.form:
        facts.append("form:differ")
    _office(facts, first, second)
    _firms_phone(facts, one, other)
    _mail(facts, one.mails, other.mails, one.domains, other.domains)
    _site(facts, one.site, other.site)
    if one.number and other.number:
        facts.append("number:same" if one.number == other.number else "number:differ")
    if one.head and other.head:
        facts.append("head:same" if _alike(one.head, other.head) else "head:differ")
    return tuple(facts)


def _firm_name(one: Firm, other: Firm) -> str:
    first, second = one.name, other.name
    if not first.core or not second.core:
        return "name:missing"
    if first.core == second.core:
        return "name:same"
    if sister_of(first.core, second.core):
        return "name:sister"
    if first.sound == second.sound or _same_sound(one, other):
        return "name:sound"
    likeness = max(
        Levenshtein.normalized_similarity(first.core, second.core),
        Levenshtein.normalized_similarity(first.sound, second.sound),
    )
    if likeness >= CLOSE:
        return "name:close"
    if _within(first.core, second.core):
        return "name:part"
    return "name:differ"


def _same_sound(one: Firm, other: Firm) -> bool:
    """The kana of one may go on with the name of its office."""
    mine, theirs = one.kana or one.name.sound, other.kana or other.name.sound
    if mine == theirs or one.name.sound == other.kana or one.kana == other.name.sound:
        return True
    short, long = sorted((mine, theirs), key=len)
    offices = bool(one.name.office) != bool(other.name.office)
    return offices and len(short) >= 6 and long.startswith(short)


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and (long.startswith(short) or long.endswith(short))


def _office(facts: list[str], one: FirmName, other: FirmName) -> None:
    if one.office and other.office:
        facts.append("office:same" if one.office == other.office else "office:differ")
    elif one.office or other.office:
        facts.append("office:one")


def _shared(facts: list[str], field: str, mine: tuple[str, ...], theirs: tuple[str, ...]) -> None:
    if not mine or not theirs:
        return
    for each in mine:
        if each in theirs:
            facts.append(f"{field}:same")
            return
    if any(len(a) == len(b) and OSA.distance(a, b, score_cutoff=2) <= 1 for a in mine for b in theirs):
        facts.append(f"{field}:near")
    else:
        facts.append(f"{field}:differ")


def _firms_phone(facts: list[str], one: Firm, other: Firm) -> None:
    """Two numbers that differ tell less where both are of one area, and nothing where one is to call, one to fax."""
    if not one.phones or not other.phones:
        return
    found: list[str] = []
    _shared(found, "phone", one.phones, other.phones)
    if found[0] == "phone:differ":
        near = not {_area(each) for each in one.phones}.isdisjoint(_area(each) for each in other.phones)
        alike = (one.call and other.call) or (one.fax and other.fax)
        found = [
            ("phone:area" if near else "phone:differ") if alike else "fax:area" if near else "fax:differ"
        ]
    facts += found


def _area(number: str) -> str:
    return number[:2] if number[:2] in {"03", "06"} else number[:3]


def _mail(
    facts: list[str],
    mine: tuple[str, ...],
    theirs: tuple[str, ...],
    my: tuple[str, ...],
    their: tuple[str, ...],
) -> None:
    if mine and theirs and not set(mine).isdisjoint(theirs):
        facts.append("mail:same")
    elif my and their:
        facts.append("mail:differ" if set(my).isdisjoint(their) else "mail:domain")


def _site(facts: list[str], one: Site, other: Site) -> None:
    if one is NOWHERE or other is NOWHERE:
        return
    if one.lot and one.lot == other.lot and one.town == other.town:
        if one.city == other.city or not one.city or not other.city:
            facts.append("site:same")
            if one.building and other.building and one.building != other.building:
                facts.append("building:differ")
        else:
            facts.append("site:renamed" if one.town and one.prefecture == other.prefecture else "site:far")
    elif one.city and other.city:
        if one.city != other.city:
            known = one.prefecture and other.prefecture and one.prefecture != other.prefecture
            facts.append("site:far" if known else "site:city")
        elif one.town and one.town == other.town:
            near = one.lot and other.lot and Levenshtein.distance(one.lot, other.lot) <= 1
            facts.append("site:near" if near or not one.lot or not other.lot else "site:lot")
        else:
            facts.append("site:town")
    elif one.code and other.code:
        facts.append("site:near" if one.code == other.code else "site:city")


def _alike(one: str, other: str) -> bool:
    return one == other or JaroWinkler.similarity(one, other) >= NEAR


def compare_people(one: Person, other: Person) -> Facts:
    facts: list[str] = []
    _person_name(facts, one, other)
    _firm(facts, one, other)
    _shared(facts, "mobile", one.mobiles, other.mobiles)
    _shared(facts, "phone", one.phones, other.phones)
    _persons_mail(facts, one, other)
    _former_name(facts, one, other)
    _site(facts, one.site, other.site)
    if one.born and other.born:
        near = Levenshtein.distance(one.born, other.born) <= 1
        facts.append("born:same" if one.born == other.born else "born:near" if near else "born:differ")
    if one.number and other.number:
        near = Levenshtein.distance(one.number, other.number) <= 2
        facts.append(
            "number:same" if one.number == other.number else "number:near" if near else "number:differ"
        )
    if one.department and other.department:
        facts.append("department:same" if one.department == other.department else "department:differ")
    if one.title and other.title:
        facts.append("title:same" if one.title == other.title else "title:differ")
    return tuple(facts)


def _person_name(facts: list[str], one: Person, other: Person) -> None:
    """One word about the whole name, with both names where they do not say the same."""
    if not one.full or not other.full:
        return
    if one.given and other.given and one.full == other.full:
        facts.append("name:same")
        if one.kana and other.kana and not _sounds_alike(one, other):
            facts.append("kana:differ")
    elif not one.given or not other.given:
        facts.append(_by_family(one, other))
    elif one.family_sound == other.family_sound and one.given_sound == other.given_sound:
        facts.append("name:sound")
    elif one.family_sound == other.given_sound and one.given_sound == other.family_sound:
        facts.append("name:swapped")
    else:
        facts.append(_by_parts(one, other))


def _by_family(one: Person, other: Person) -> str:
    """One has no given name, but perhaps its kana; those of a guess do not say that it is another."""
    if one.family != other.family and one.family_sound != other.family_sound:
        return "name:differ"
    if one.given_sound and other.given_sound:
        if one.given_sound == other.given_sound:
            return "name:sound"
        if one.kana and other.kana and not _alike(one.given_sound, other.given_sound):
            return "name:other given"
    return "name:family"


def _former_name(facts: list[str], one: Person, other: Person) -> None:
    """Another family name, and the mail of one still has that of the other."""
    if facts and facts[0] == "name:other family" and (_mailed_as(one, other) or _mailed_as(other, one)):
        facts.append("former:mail")


def _mailed_as(one: Person, other: Person) -> bool:
    name = other.family_sound
    return len(name) > 3 and any(name in romaji_key(mail.partition("@")[0]) for mail in one.mails)


def _sounds_alike(one: Person, other: Person) -> bool:
    return _alike(one.family_sound, other.family_sound) and _alike(one.given_sound, other.given_sound)


def _by_parts(one: Person, other: Person) -> str:
    family = one.family == other.family or one.family_sound == other.family_sound
    given = one.given == other.given or one.given_sound == other.given_sound
    if family and given:
        return "name:sound"
    told = one.kana and other.kana
    families = "" if family else _slip(one.family, other.family, one.family_sound, other.family_sound, told)
    givens = "" if given else _slip(one.given, other.given, one.given_sound, other.given_sound, told)
    if family:
        return givens or "name:other given"
    if given:
        return families or "name:other family"
    return "name:close" if families == givens == "name:close" else "name:differ"


def _slip(one: str, other: str, sound: str, other_sound: str, told: bool) -> str:
    """A slip of the keys: one letter more, less, other or exchanged, in what is long enough to tell. `told`: both are
    told in kana too, so these tell. 健一 and 雄一 are one letter apart as well, but are two people mostly."""
    if sound and other_sound and Levenshtein.normalized_similarity(sound, other_sound) >= CLOSE:
        return "name:close"
    if told or len(one) + len(other) <= 3 or OSA.distance(one, other, score_cutoff=2) > 1:
        return ""
    words = len(one) == len(other) == 2 and set(one) != set(other) and _all_kanji(one) and _all_kanji(other)
    return "name:letter" if words else "name:close"


def _all_kanji(name: str) -> bool:
    return all(map(has_kanji, name))


def _firm(facts: list[str], one: Person, other: Person) -> None:
    first, second = one.firm, other.firm
    if not first.core or not second.core:
        if _works_at(one, other) or _works_at(other, one):
            facts.append("work:host")
    elif first.core == second.core or first.sound == second.sound:
        facts.append("firm:form" if first.form and second.form and first.form != second.form else "firm:same")
    elif (
        _within(first.core, second.core)
        or Levenshtein.normalized_similarity(first.core, second.core) >= CLOSE
    ):
        facts.append("firm:close")
    else:
        facts.append("firm:differ")


def _works_at(one: Person, other: Person) -> bool:
    """No firm is told of one, but his mail has the name of the other's: @shinwatanabe.example and 新渡辺工業."""
    name = other.firm.sound
    if one.firm.core or len(name) < ENOUGH:
        return False
    for host in one.domains:
        label = romaji_key(host.partition(".")[0].rstrip("0123456789"))
        if len(label) >= ENOUGH and (name.startswith(label) or label.startswith(name)):
            return True
    return False


def _persons_mail(facts: list[str], one: Person, other: Person) -> None:
    """An address that names the family alone, or an office, may be that of many; two private ones tell more than one
    private and one of the firm, which tell nothing."""
    if not one.mails or not other.mails:
        return
    shared = [mail for mail in one.mails if mail in other.mails]
    if shared:
        own = any(_is_ones_own(mail, one, other) for mail in shared)
        facts.append("mail:same" if own else "mail:shared")
    elif not set(one.domains).isdisjoint(other.domains):
        facts.append("mail:colleague")
    elif not _locals(one.mails).isdisjoint(_locals(other.mails)):
        facts.append("mail:local")
    elif one.domains and other.domains:
        facts.append("mail:differ")
    elif not one.domains and not other.domains:
        facts.append("mail:private")


def _locals(mails: tuple[str, ...]) -> set[str]:
    return {mail.partition("@")[0] for mail in mails} - OFFICES


def _is_ones_own(mail: str, one: Person, other: Person) -> bool:
    local = mail.partition("@")[0]
    return local not in OFFICES and romaji_key(local) not in {one.family_sound, other.family_sound}
