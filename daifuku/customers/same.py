"""Records that may be the same as the one at hand, saved or just being typed; an area above judges how alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Separation
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Refused
from daifuku.staff.viewer import Viewer

ASKED = (
    "name", "kana", "company", "company_kana", "family_name", "given_name", "family_kana", "given_kana", "phone",
    "mobile", "direct_phone", "fax", "email", "other_email", "website", "corporate_number", "invoice_number",
    "representative", "postal_code", "prefecture", "city", "street", "building", "birthday", "account",
)  # fmt: skip
LABELS = {
    "number": _("法人番号"), "email": _("メール"), "mobile": _("携帯電話"), "phone": _("電話番号"), "name": _("会社名"),
    "person": _("氏名"), "domain": _("ドメイン"), "site": _("住所"), "company": _("会社名"), "birthday": _("誕生日"),
    "representative": _("代表者"),
}  # fmt: skip
PARTNERS = {
    "account": ("account", "lead"), "contact": ("contact", "lead"), "lead": ("lead", "contact", "account"),
}  # fmt: skip
MOST = 5
Place = tuple[str, int]
# Of these leads, or of all: who they are known to have been, as (lead, object, key). An area above that knows adds
# itself.
Known = Callable[[Collection[int] | None], Iterable[tuple[int, str, int]]]
known: list[Known] = []


@dataclass(frozen=True)
class Candidate:
    """A visible record and what it has in common: `kinds` agree, the strongest first; `likely` from 0 to 1 comes of the
    `score`, whose reasons are `lines`, (sentence, points) each."""

    record: Any
    object_type: ObjectType
    kinds: tuple[str, ...]
    subtitle: str = ""
    score: float = 0.0
    likely: float = 0.0
    verdict: str = ""
    lines: Sequence[tuple[str, float]] = ()

    @property
    def matched(self) -> list[str]:
        return list(dict.fromkeys(str(LABELS[kind]) for kind in self.kinds))

    @property
    def words(self) -> str:
        return gettext("%(fields)sが同じ") % {"fields": "・".join(self.matched)} if self.kinds else ""

    @property
    def percent(self) -> int:
        """Never a hundred: a machine does not know."""
        return min(99, round(100 * self.likely))


# (kind, the record or draft, viewer, the saved record that is compared or None, how many, of which kinds)
Judge = Callable[[ObjectType, Any, Viewer, Any, int, Sequence[str]], list[Candidate]]
Ahead = Callable[[Any, Viewer], list[Told]]
_judges: list[tuple[Judge, Ahead]] = []


def judged_by(judge: Judge, ahead: Ahead) -> None:
    """Said once by the area above that knows how alike two records are; `ahead` are the questions it begins with."""
    _judges[:] = [(judge, ahead)]


def of_record(record: Any, viewer: Viewer, *, most: int = MOST) -> list[Candidate]:
    """What may be the same as this saved record; pairs that are meant to stay two are left out."""
    return _asked(registry.of(record), record, viewer, record, most)


def of_values(
    object_type: ObjectType, values: Mapping[str, str], viewer: Viewer, *, but: Any = None, most: int = MOST,
    among: Sequence[str] = (),
) -> list[Candidate]:  # fmt: skip
    """What may be the same as a record with what was typed so far; half-typed values count for nothing. `among` are
    the kinds to look at, where not all partners are wanted."""
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
    return _asked(object_type, draft, viewer, but, most, among)


def _asked(
    object_type: ObjectType, record: Any, viewer: Viewer, but: Any, most: int, among: Sequence[str] = ()
) -> list[Candidate]:
    kinds = tuple(key for key in partners(object_type.key, viewer) if not among or key in among)
    found = [
        each
        for judge, _ahead in _judges
        for each in judge(object_type, record, viewer, but, most + MOST, kinds)
    ]
    return (found if but is None else _unknown(but, found))[:most]


def _unknown(record: Any, found: list[Candidate]) -> list[Candidate]:
    pairs = known_among([record, *(each.record for each in found)])
    return [each for each in found if place_pair(record, each.record) not in pairs]


def known_among(records: Iterable[Any]) -> set[tuple[Place, Place]]:
    """Asks only where there is a lead that was a customer before."""
    leads = {each.pk for each in records if each.object_key == "lead" and each.earlier_id is not None}
    return known_pairs(leads) if leads else set()


def known_pairs(leads: Collection[int] | None = None) -> set[tuple[Place, Place]]:
    """A customer and the lead that he is again after a pause: that they are one is known, so they are no doubles."""
    return {((key, record), ("lead", lead)) for each in known for lead, key, record in each(leads)}


def place_pair(one: Any, other: Any) -> tuple[Place, Place]:
    """As pairs are named: the smaller (object, key) first."""
    first, second = sorted((each.object_key, each.pk) for each in (one, other))
    return first, second


def pairs_of(object: str, record: int) -> QuerySet[Separation]:
    """The marks of a record that say: not the same."""
    return Separation.objects.filter(Q(first_id=record) | Q(second_id=record), object=object)


PAIRS = Prepared(lambda object, record: pairs_of(object, record).values_list("first_id", "second_id"))


def questions(record: Any, viewer: Viewer) -> list[Told]:
    """What `of_record` asks first."""
    return [told for _judge, ahead in _judges for told in ahead(record, viewer)]


def partners(object_key: str, viewer: Viewer) -> tuple[str, ...]:
    """With which kinds of records such a one is compared, for this person."""
    return tuple(key for key in PARTNERS.get(object_key, ()) if viewer.may(key, "view"))
