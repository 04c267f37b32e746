"""Who may be the same as one record or draft, among those that somebody sees: asked while typing, beside a record, by
conversion and the clerk's desk.

Keys first (`records.DuplicateKey`), then the likeliest records are fetched, compared and scored.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from daifuku.customers import same
from daifuku.customers.same import Candidate
from daifuku.dedupe.judging import COMPARE, model_of
from daifuku.dedupe.matching.blocks import MOST as TOO_MANY
from daifuku.dedupe.matching.comparing import Facts
from daifuku.dedupe.matching.scoring import NO, SURE, Model
from daifuku.dedupe.models import Apart, Setup, Way, setup
from daifuku.dedupe.values import compared_as, way_of
from daifuku.dedupe.words import said
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import DuplicateKey
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

Place = tuple[str, int]
Key = tuple[str, str]
# Few have these in common; names many. Of each kind: whose name it is.
STRONG = ("number", "email", "phone", "site", "domain")
# A house, and the domain of a network in which thousands have a page, are asked apart, as names are.
AT_ONCE = ("number", "email", "phone")
NAMED = {"name": "firm", "core": "firm", "firm sound": "firm", "person": "person", "sound": "person"}
# So many holders of one key are read.
HELD, COMPARED = 100, 40
# One record at hand, half typed perhaps: what is not improbable is shown to whoever looks.
SHOWN = -3.0
# A house has one number for all: without a name it says that somebody is in it, not who.
OF_THE_HOUSE = frozenset({"phone", "site", "company"})
MADE_OF = {
    "phone": {"phone", "mobile", "direct_phone"},
    "email": {"email", "other_email"},
    "domain": {"email", "website"},
    "number": {"corporate_number", "invoice_number"},
    "name": {"name", "company"},
    "core": {"name", "company"},
    "firm sound": {"name", "company", "kana", "company_kana"},
    "person": {"family_name", "given_name"},
    "sound": {"family_name", "given_name", "family_kana", "given_kana"},
    "site": {"prefecture", "city", "street"},
}
# What of the facts that agree is called how.
KINDS = {
    Way.FIRM: {"name": "name", "mail": "email", "number": "number", "phone": "phone", "site": "site",
               "head": "representative"},
    Way.PERSON: {"name": "person", "mail": "email", "mobile": "mobile", "phone": "phone", "site": "site",
                 "firm": "company", "born": "birthday", "number": "number"},
}  # fmt: skip
AGREE = frozenset({"same", "sound", "swapped", "shared"})


def candidates(
    object_type: ObjectType,
    values: Mapping[str, str],
    viewer: Viewer,
    *,
    but: Any = None,
    most: int = same.MOST,
) -> list[Candidate]:
    """Records like one with these values (keys of fields, as typed), the likeliest first: each with score, verdict
    (sure, perhaps) and the lines that explain it. `but` is left out: the record itself."""
    return same.of_values(object_type, values, viewer, but=but, most=most)


def hidden_kinds(viewer: Viewer, object_key: str) -> set[str]:
    """A key made of a field that the person may not see tells nothing."""
    hidden = viewer.hidden_fields(object_key)
    return {kind for kind, names in MADE_OF.items() if names & hidden}


def judge(
    object_type: ObjectType, record: Any, viewer: Viewer, but: Any, most: int, partners: Sequence[str]
) -> list[Candidate]:
    """What `customers.same` asks: `record` may be a draft, `but` is the saved one behind it."""
    shared: dict[Place, set[Key]] = defaultdict(set)
    names: Counter[tuple[str, Key]] = Counter()
    for question, texts in _sharing(object_type.keys(record), partners):
        for object_key, key, kind, text in question(*texts):
            shared[object_key, key].add((kind, text))
            if kind in NAMED:
                names[object_key, (kind, text)] += 1
    for place in [*_namesakes(shared, names), *_left_out(but, shared)]:
        shared.pop(place, None)
    if not shared:
        return []
    looking = _Looking(record, viewer, setup(), names, but)
    found = [each for key in partners for each in looking.at(key, shared)]
    found.sort(key=lambda each: (-each.score, each.record.pk))
    return found[:most]


def ahead(record: Any, viewer: Viewer) -> list[Told]:
    """What `judge` asks first."""
    partners = same.partners(record.object_key, viewer)
    return [question.told(*texts) for question, texts in _sharing(registry.of(record).keys(record), partners)]


def _namesakes(shared: Mapping[Place, set[Key]], names: Mapping[tuple[str, Key], int]) -> list[Place]:
    """Who has nothing in common but a name that too many have: for that alone the scan compares nobody either."""
    return [
        place
        for place, keys in shared.items()
        if len({NAMED.get(kind) for kind, _key in keys}) == 1
        and all(names[place[0], key] > TOO_MANY for key in keys)
    ]


APART = Prepared(
    lambda object, record, object_again, record_again: Apart.objects.filter(
        Q(first_object=object, first_id=record) | Q(second_object=object_again, second_id=record_again)
    ).values_list("first_object", "first_id", "second_object", "second_id")
)


def _left_out(but: Any, shared: Mapping[Place, Any]) -> Iterable[Place]:
    """The record itself, and those that are meant to stay two; asked only where there are others: mostly not."""
    if but is None:
        return
    mine = (but.object_key, but.pk)
    yield mine
    if any(object_key == but.object_key for object_key, _pk in shared if (object_key, _pk) != mine):
        for first, second in same.PAIRS(*mine):
            yield but.object_key, second if first == but.pk else first
    if any(object_key != but.object_key for object_key, _pk in shared):
        for first_object, first, second_object, second in APART(*mine, *mine):
            yield (second_object, second) if (first_object, first) == mine else (first_object, first)


class _Looking:
    """One record against others."""

    def __init__(
        self, record: Any, viewer: Viewer, chosen: Setup, names: Mapping[tuple[str, Key], int], but: Any
    ) -> None:
        self.record, self.viewer, self.chosen, self.but = record, viewer, chosen, but
        self.names = Counter(names)
        self.hidden = viewer.hidden_fields(record.object_key)
        self._models: dict[Way, tuple[Model, Any]] = {}

    def at(self, object_key: str, shared: Mapping[Place, set[Key]]) -> Iterable[Candidate]:
        object_type, hidden = registry.get(object_key), hidden_kinds(self.viewer, object_key)
        keys = {
            pk: told
            for (kind, pk), found in shared.items()
            if kind == object_key and (told := {key for key in found if key[0] not in hidden})
        }
        likeliest = sorted(keys, key=lambda pk: (-_strength(keys[pk]), pk))[:COMPARED]
        rows = seen_by_keys(object_type.model, likeliest, self.viewer, linked=object_type.related)
        fields = self.viewer.hidden_fields(object_key)
        self._leave_out(object_key, [keys[pk] for pk in likeliest if pk not in rows])
        for pk, row in rows.items():
            if candidate := self._judged(object_type, row, keys[pk], fields):
                yield candidate

    def _leave_out(self, object_key: str, unseen: Iterable[set[Key]]) -> None:
        """How many are called so is said without those that this person does not see."""
        for told in unseen:
            self.names.subtract((object_key, key) for key in told if key[0] in NAMED)

    def _judged(
        self, object_type: ObjectType, row: Any, keys: Collection[Key], hidden: Collection[str]
    ) -> Candidate | None:
        if self._is_family(row):
            return None
        way = way_of(self.record.object_key, object_type.key)
        model, mine = self._model(way)
        facts = COMPARE[way](mine, compared_as(row, way, hidden))
        common = max((self.names[object_type.key, key] for key in keys if key[0] in NAMED), default=1)
        common += self.but is None and self.record.object_key == object_type.key
        score = model.score(facts, common)
        verdict = model.verdict(score)
        if verdict == NO and score < SHOWN:
            return None
        agreeing = _agreeing(facts, way)
        if way == Way.PERSON and not (mine.family or mine.given) and OF_THE_HOUSE.issuperset(agreeing):
            return None
        lines = [(said(line, way), line.weight) for line in model.explain(facts, common)]
        return Candidate(
            row, object_type, agreeing, object_type.subtitle(row, self.viewer), score,
            model.likely(score), SURE if verdict == SURE else "perhaps", lines,
        )  # fmt: skip

    def _is_family(self, row: Any) -> bool:
        """An office that hangs under its firm is known to be another record."""
        if not self.record.object_key == row.object_key == "account":
            return False
        mine = self.but if self.but is not None else self.record
        return mine.pk is not None and (row.parent_id == mine.pk or mine.parent_id == row.pk)

    def _model(self, way: Way) -> tuple[Model, Any]:
        if way not in self._models:
            self._models[way] = (model_of(way, self.chosen), compared_as(self.record, way, self.hidden))
        return self._models[way]


def _agreeing(facts: Facts, way: Way) -> tuple[str, ...]:
    """The fields that agree, as `same.LABELS` calls them."""
    kinds = KINDS[way]
    found = []
    for fact in facts:
        field, _colon, how = fact.partition(":")
        if how in AGREE and field in kinds:
            found.append(kinds[field])
        elif fact == "mail:domain":
            found.append("domain")
    return tuple(found)


def _strength(keys: Iterable[Key]) -> int:
    return sum(1 if kind == "domain" else 3 if kind in STRONG else 2 for kind, _key in keys)


def _sharing(keys: Iterable[Key], partners: Sequence[str]) -> Iterator[tuple[Prepared, list[str]]]:
    """The questions who has one of these keys, and their values. What few have is asked at once, all else apart: so no
    name that thousands have crowds out another, or is read to its end and sorted."""
    wanted = sorted({(kind, key[:120]) for kind, key in keys if key}) if partners else []
    few = [pair for pair in wanted if pair[0] in AT_ONCE]
    for part in ([few] if few else []) + [[pair] for pair in wanted if pair[0] not in AT_ONCE]:
        yield _with_keys(len(part), tuple(partners)), [text for pair in part for text in pair]


@lru_cache(100)
def _with_keys(count: int, partners: tuple[str, ...]) -> Prepared:
    """Asked with kind, key, kind, key ...: so many of them."""

    def rows(*texts: str) -> QuerySet[DuplicateKey, Any]:
        wanted = reduce(or_, (Q(kind=texts[n], key=texts[n + 1]) for n in range(0, 2 * count, 2)))
        found = DuplicateKey.objects.filter(wanted, object__in=partners)
        return found.values_list("object", "record_id", "kind", "key")[: count * HELD]

    return Prepared(rows)
