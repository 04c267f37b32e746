"""Which column fills which field: guessed from the headings, remembered for the next file with the same ones."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import fold
from daifuku.records.catalogue.types import LongText, Text
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer
from daifuku.transfers.models import Import, SavedMapping
from daifuku.transfers.targets import IGNORED, Target, targets_for

# The headings that our own file of rejected rows adds; they are never taken in.
REASON_HEADING, LINE_HEADING = "取り込めなかった理由", "元の行"
OWN_HEADINGS = frozenset({REASON_HEADING, LINE_HEADING})
IGNORABLE = re.compile(r"[\s・･／/（）()\[\]【】「」*＊※:：_＿.．、,\-‐－]|必須|任意")


@lru_cache(maxsize=4096)
def heading_key(heading: str) -> str:
    """A heading without regard to width, kana, brackets and 必須."""
    return IGNORABLE.sub("", fold(heading.replace("〒", "郵便番号")))


def guess_mapping(headers: Sequence[str], object_key: str, viewer: Viewer) -> list[str]:
    """For every heading the target that it means, or nothing."""
    known = synonyms_of(targets_for(viewer, object_key))
    guessed = [known.get(heading_key(header), IGNORED) if header else IGNORED for header in headers]
    guessed = [IGNORED if h in OWN_HEADINGS else target for h, target in zip(headers, guessed, strict=True)]
    return _once(guessed, object_key, viewer)


def synonyms_of(targets: dict[str, Target]) -> dict[str, str]:
    """`{normalised heading: target}`; a field's own name counts more than another's synonym."""
    known: dict[str, str] = {}
    for rank in (slice(0, 1), slice(1, None)):
        for target in targets.values():
            words = target.synonyms[rank]
            for word in words:
                known.setdefault(heading_key(str(word)), target.key)
    known.pop("", None)
    return known


def _once(guessed: list[str], object_key: str, viewer: Viewer) -> list[str]:
    """The first of two columns for a field that cannot hold both gets it."""
    targets, seen, result = targets_for(viewer, object_key), set(), []
    for target in guessed:
        if target and target in seen and not joins(targets[target]):
            target = IGNORED
        seen.add(target)
        result.append(target)
    return result


def joins(target: Target) -> bool:
    """Whether several columns may fill it one after the other (町域 and 番地 the street)."""
    if target.composite:
        return target.key == "*address"
    return target.field is not None and type(target.field.type) in {Text, LongText}


def check_mapping(targets: Sequence[str], headers: Sequence[str], object_key: str, viewer: Viewer) -> None:
    """Raises Invalid for targets that do not exist, may not be filled by this person, or are named twice."""
    known = targets_for(viewer, object_key)
    problems: list[FieldProblem] = []
    if len(targets) != len(headers):
        problems.append(
            FieldProblem("targets", _("列の数が合いません。もう一度、列を選んでください。"), code="columns")
        )
    seen: set[str] = set()
    for number, target in enumerate(targets):
        name = f"target-{number}"
        if target == IGNORED:
            continue
        if not isinstance(target, str) or target not in known:
            problems.append(
                FieldProblem(name, _("取り込めない項目です。選び直してください。"), code="unknown_field")
            )
        elif target in seen and not joins(known[target]):
            sentence = _("「%(field)s」に2つの列は入れられません。") % {"field": known[target].label}
            problems.append(FieldProblem(name, sentence, code="twice"))
        seen.add(str(target))
    if not problems and not seen:
        problems.append(FieldProblem("targets", _("取り込む列を1つ以上選んでください。"), code="nothing"))
    if problems:
        raise Invalid(problems)


def digest_of(headers: Sequence[str]) -> str:
    keys = [heading_key(header) for header in headers]
    return hashlib.sha256(json.dumps(keys, ensure_ascii=False).encode()).hexdigest()


def remembered(headers: Sequence[str], object_key: str) -> SavedMapping | None:
    """How a file with these headings was read the last time."""
    found: SavedMapping | None = SavedMapping.objects.filter(
        object=object_key, headers_digest=digest_of(headers)
    ).first()
    return found


def apply_saved(saved: SavedMapping, headers: Sequence[str], viewer: Viewer) -> list[str]:
    """The saved targets for the headings of another file; what this person may not fill is left out."""
    by_heading = dict(zip(saved.headers, saved.targets, strict=False))
    known = targets_for(viewer, saved.object)
    found = [by_heading.get(heading_key(header), IGNORED) for header in headers]
    return [target if target in known else IGNORED for target in found]


OPTIONS = ("mode", "key", "blanks", "doubles", "constants")


def remember(imported: Import, name: str, *, by: Person) -> SavedMapping:
    """Keeps the mapping of this import; call inside `writing()`."""
    values: dict[str, Any] = {
        "headers": [heading_key(header) for header in imported.headers],
        "targets": list(imported.targets),
        "options": {option: getattr(imported, option) for option in OPTIONS},
        "by": by,
        "at": timezone.now(),
    }
    digest = digest_of(imported.headers)
    same = SavedMapping.objects.filter(object=imported.object, headers_digest=digest).first()
    name = name.strip()[:80] or (same.name if same else imported.name[:80])
    taken = SavedMapping.objects.filter(object=imported.object, name=name).exclude(headers_digest=digest)
    if taken.exists():
        name = f"{name[:70]} {timezone.localdate():%Y-%m-%d}"
        SavedMapping.objects.filter(object=imported.object, name=name).exclude(headers_digest=digest).delete()
    saved, _fresh = SavedMapping.objects.update_or_create(
        object=imported.object, headers_digest=digest, defaults={**values, "name": name}
    )
    found: SavedMapping = saved
    return found
