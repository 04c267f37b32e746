"""Is it there already? Fields and requests whose name or choices are like those that somebody has in mind.

Names are compared without regard to kana, width and case, in both languages, with the headings under which files of
other systems bring the field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from daifuku.foundation.japanese import clean_text, fold, grams
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import KINDS, Choice
from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests.asking import State, visible_to
from daifuku.staff.viewer import Viewer

MOST = 8
ALIKE = 0.5
SAME, INSIDE, NEAR = 0, 1, 2


@dataclass(frozen=True)
class Wanted:
    """What somebody has in mind, folded once."""

    label: str
    choices: frozenset[str]


@dataclass(frozen=True)
class Similar:
    """`what` is "field", "retired" or "request"; `why` says in words what is alike, the lowest `rank` is the likest."""

    what: str
    key: str
    name: str
    type: str
    rank: int
    why: str
    url: str = ""
    custom: bool = False

    @property
    def word(self) -> str:
        """Names it among all of one kind of record."""
        return f"{self.what}:{self.key}"


def similar_to(
    viewer: Viewer,
    object_key: str,
    label: str,
    choices: Sequence[str] = (),
    *,
    but: FieldRequest | None = None,
) -> list[Similar]:
    """What this person may know of and is like it, the likest first."""
    wanted = Wanted(fold(clean_text(label)), frozenset(fold(each) for each in choices) - {""})
    if not wanted.label and not wanted.choices:
        return []
    found = [
        *_fields(viewer, object_key, wanted),
        *_retired(viewer, object_key, wanted),
        *_requests(viewer, object_key, wanted, but),
    ]
    return sorted(found, key=lambda each: each.rank)[:MOST]


def _fields(viewer: Viewer, object_key: str, wanted: Wanted) -> Iterator[Similar]:
    settings = viewer.has_power("settings")
    for field in vocabulary.fields_for(viewer, object_key).values():
        how = _alike(wanted, _names(field), _choices(field))
        if how is not None:
            url = reverse("records:setting_field", args=[object_key, field.key])
            shown = url if field.custom and settings else ""
            yield Similar("field", field.key, field.name, str(field.type.label), *how, shown, field.custom)


def _retired(viewer: Viewer, object_key: str, wanted: Wanted) -> Iterator[Similar]:
    """Fields that are used no more can be brought back, by whoever keeps the fields."""
    if not viewer.has_power("settings"):
        return
    for row in CustomField.objects.filter(object=object_key, retired_at__isnull=False):
        field = vocabulary.custom_field(row)
        how = _alike(wanted, _names(field), ())
        if how is not None:
            url = reverse("records:setting_fields_of", args=[object_key])
            yield Similar("retired", row.key, field.name, str(field.type.label), *how, url, True)


def _requests(viewer: Viewer, object_key: str, wanted: Wanted, but: FieldRequest | None) -> Iterator[Similar]:
    rows = visible_to(viewer).filter(object=object_key, state__in=(State.OPEN, State.APPROVED))
    for row in rows.exclude(pk=but.pk) if but and but.pk else rows:
        how = _alike(wanted, [row.label], row.choices)
        if how is not None:
            url, kind = reverse("records:field_request", args=[row.uid]), type_name(row.type)
            yield Similar("request", str(row.uid), row.label, kind, *how, url)


def type_name(key: str) -> str:
    kind = KINDS.get(key)
    return str(kind.label) if kind else key


def _names(field: Field) -> list[str]:
    """In both languages, first the one that is read now."""
    names = [field.name]
    for language in ("ja", "en"):
        with override(language):
            names.append(field.name)
    return list(dict.fromkeys([*names, *field.synonyms]))


def _choices(field: Field) -> Iterable[str]:
    return [option.name for option in field.type.offered()] if isinstance(field.type, Choice) else ()


def _alike(wanted: Wanted, names: Sequence[str], choices: Iterable[str]) -> tuple[int, str] | None:
    found = [_by_name(wanted.label, name, names[0]) for name in names] if wanted.label else []
    found.append(_by_choices(wanted.choices, choices))
    return min((each for each in found if each is not None), key=lambda each: each[0], default=None)


def _by_name(wanted: str, name: str, shown: str) -> tuple[int, str] | None:
    other = fold(name)
    if not other:
        return None
    if other == wanted:
        return SAME, _("同じ名前") if name == shown else _("別の呼び名「%(name)s」と同じ") % {"name": name}
    if min(len(wanted), len(other)) >= 2 and (other in wanted or wanted in other):
        return INSIDE, _("「%(name)s」と重なる名前") % {"name": name}
    if _share(grams(wanted), grams(other)) >= ALIKE:
        return NEAR, _("「%(name)s」と似た名前") % {"name": name}
    return None


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    """How many pairs of letters two words have in common, between 0 and 1."""
    return 2 * len(set(one) & set(other)) / (len(set(one)) + len(set(other)))


def _by_choices(wanted: frozenset[str], choices: Iterable[str]) -> tuple[int, str] | None:
    """At least two of them, and half of the fewer."""
    names: dict[str, Any] = {fold(each): each for each in choices}
    common = [name for key, name in names.items() if key in wanted]
    if len(common) < 2 or len(common) * 2 < min(len(wanted), len(names)):
        return None
    said = _("、").join(common[:3])
    return (INSIDE if len(common) == len(wanted) else NEAR), _("選択肢（%(names)s）が同じ") % {"names": said}
