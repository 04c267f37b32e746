"""Records that may be the same as the one at hand: exact normalised keys of name, phone, mail and 法人番号."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Separation
from daifuku.customers.objects.shared import phone_keys
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Refused
from daifuku.records.models import DuplicateKey
from daifuku.records.scope import seen_by_keys
from daifuku.staff.viewer import Viewer

Key = tuple[str, str]
ASKED = (
    "name", "company", "family_name", "given_name", "kana", "family_kana", "given_kana", "phone", "mobile",
    "direct_phone", "email", "other_email", "corporate_number", "invoice_number",
)  # fmt: skip
LABELS = {
    "number": _("法人番号"), "email": _("メール"), "phone": _("電話番号"), "name": _("会社名"), "person": _("氏名"),
}  # fmt: skip
WEIGHTS = {"number": 8, "email": 4, "person": 3, "name": 3, "phone": 2}
PARTNERS = {
    "account": ("account", "lead"), "contact": ("contact", "lead"), "lead": ("lead", "contact", "account"),
}  # fmt: skip
MOST, AT_ONCE = 5, 16


@dataclass(frozen=True)
class Candidate:
    """A visible record and what it has in common."""

    record: Any
    object_type: ObjectType
    kinds: tuple[str, ...]
    subtitle: str = ""

    @property
    def matched(self) -> list[str]:
        return [str(LABELS[kind]) for kind in self.kinds]

    @property
    def words(self) -> str:
        return gettext("%(fields)sが同じ") % {"fields": "・".join(self.matched)}


def of_record(record: Any, viewer: Viewer, *, most: int = MOST) -> list[Candidate]:
    """What may be the same as this saved record; pairs that are meant to stay two are left out."""
    object_type = registry.of(record)
    return _find(object_type, set(object_type.keys(record)), viewer, record, most)


def of_values(
    object_type: ObjectType, values: Mapping[str, str], viewer: Viewer, *, but: Any = None, most: int = MOST
) -> list[Candidate]:
    """What may be the same as a record with what was typed so far; half-typed values count for nothing."""
    draft = object_type.model()
    fields = vocabulary.fields_for(viewer, object_type.key)
    given = set()
    for name in ASKED:
        if name in fields and values.get(name):
            try:
                fields[name].put(draft, fields[name].type.clean(values[name], viewer))
            except Refused:
                continue
            given.add(name)
    object_type.prepare(draft, frozenset(given))
    return _find(object_type, set(object_type.keys(draft)), viewer, but, most)


def _separated(record: Any) -> Iterable[int]:
    return [second if first == record.pk else first for first, second in PAIRS(record.object_key, record.pk)]


def pairs_of(object: str, record: int) -> QuerySet[Separation]:
    """The marks of a record that say: not the same."""
    return Separation.objects.filter(Q(first_id=record) | Q(second_id=record), object=object)


PAIRS = Prepared(lambda object, record: pairs_of(object, record).values_list("first_id", "second_id"))


def _find(object_type: ObjectType, keys: set[Key], viewer: Viewer, but: Any, most: int) -> list[Candidate]:
    """`but` is the record that is compared, where there is one; which are meant to stay two is asked only if it has
    others beside it: most have not.
    """
    partners = _partners(object_type, viewer)
    question, texts = _sharing(keys, partners)
    matches: dict[tuple[str, int], set[Key]] = defaultdict(set)
    for object_key, record, kind, key in question(*texts) if texts and partners else ():
        matches[object_key, record].add((kind, key))
    if but is not None:
        matches.pop((but.object_key, but.pk), None)
        for separated in _separated(but) if matches else ():
            matches.pop((but.object_key, separated), None)
    found = [candidate for key in partners for candidate in _seen(key, matches, viewer, most)]
    found.sort(key=lambda c: (-_weight(c.kinds), c.record.pk))
    return found[:most]


def questions(record: Any, viewer: Viewer) -> list[Told]:
    """What `of_record` asks first."""
    object_type = registry.of(record)
    partners = _partners(object_type, viewer)
    question, texts = _sharing(set(object_type.keys(record)), partners)
    return [question.told(*texts)] if texts and partners else []


def _partners(object_type: ObjectType, viewer: Viewer) -> tuple[str, ...]:
    return tuple(key for key in PARTNERS.get(object_type.key, ()) if viewer.may(key, "view"))


def _sharing(keys: Iterable[Key], partners: tuple[str, ...]) -> tuple[Prepared, list[str]]:
    """The question who has one of these keys, and its values."""
    wanted = sorted((kind, key[:120]) for kind, key in keys if key)
    return _with_keys(len(wanted), partners), [text for pair in wanted for text in pair]


@lru_cache(100)
def _with_keys(count: int, partners: tuple[str, ...]) -> Prepared:
    """Asked with kind, key, kind, key ...: so many of them."""

    def rows(*texts: str) -> QuerySet[DuplicateKey, Any]:
        wanted = reduce(or_, (Q(kind=texts[n], key=texts[n + 1]) for n in range(0, 2 * count, 2)))
        found = DuplicateKey.objects.filter(wanted, object__in=partners)
        return found.values_list("object", "record_id", "kind", "key")[:500]

    return Prepared(rows)


def _seen(
    object_key: str, matches: Mapping[tuple[str, int], set[Key]], viewer: Viewer, most: int
) -> list[Candidate]:
    """The likeliest first, and at once all others if those may not be seen: a number that hundreds have is seldom
    fetched for all of them.
    """
    object_type = registry.get(object_key)
    hidden = hidden_kinds(viewer, object_key)
    common = {
        pk: {(kind, key) for kind, key in found if kind not in hidden}
        for (name, pk), found in matches.items()
        if name == object_key
    }
    kinds = {pk: _in_order(found) for pk, found in common.items() if found}
    wanted = sorted(kinds, key=lambda pk: (-_weight(kinds[pk]), pk))
    seen: list[Candidate] = []
    for some in (wanted[:AT_ONCE], wanted[AT_ONCE:]):
        if not some or len(seen) >= most:
            break
        rows = seen_by_keys(object_type.model, some, viewer, linked=object_type.related)
        seen += [
            Candidate(rows[pk], object_type, kinds[pk], object_type.subtitle(rows[pk], viewer))
            for pk in some
            if pk in rows and not common[pk] <= _switchboard(rows[pk])
        ]
    return seen


def _weight(kinds: Iterable[str]) -> int:
    return sum(WEIGHTS[kind] for kind in kinds)


def _in_order(keys: set[Key]) -> tuple[str, ...]:
    """The strongest likeness first."""
    return tuple(sorted({kind for kind, _key in keys}, key=list(WEIGHTS).index))


def hidden_kinds(viewer: Viewer, object_key: str) -> set[str]:
    """A key made of a field that the person may not see tells nothing."""
    hidden = viewer.hidden_fields(object_key)
    made_of = {
        "phone": {"phone", "mobile", "direct_phone"},
        "email": {"email", "other_email"},
        "number": {"corporate_number", "invoice_number"},
        "name": {"name", "company"},
        "person": {"family_name", "given_name"},
    }
    return {kind for kind, names in made_of.items() if names & hidden}


def _switchboard(record: Any) -> set[Key]:
    """Colleagues share their firm's number; that alone makes nobody the same person."""
    account = getattr(record, "account", None)
    return set(phone_keys(account.phone)) if account else set()
