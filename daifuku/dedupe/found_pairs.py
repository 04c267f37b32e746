"""The pairs that the scan has found, as somebody may see them: with what agrees, what differs and what it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from daifuku.customers import same
from daifuku.customers.models import Separation
from daifuku.dedupe.judging import SHIPPED, model_of
from daifuku.dedupe.matching.scoring import NO
from daifuku.dedupe.models import Pair, Setup, Verdict, Way, setup
from daifuku.dedupe.words import agrees, may_be_told, said
from daifuku.foundation.errors import NotFound
from daifuku.foundation.sealed import Unreadable, open_seal, seal
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.staff.viewer import Viewer

SHOWN, LOOKED_AT, FEW, PURPOSE = 30, 300, 20, "dedupe.pairs"
KINDS: tuple[tuple[str, str], ...] = (
    ("account", "account"), ("contact", "contact"), ("lead", "lead"), ("contact", "lead"), ("account", "lead"),
)  # fmt: skip


# For a person, where he begins with a lead as a customer, "" where he may not: rooms above add their page.
begin_with: list[Callable[[Viewer], Callable[[Any], str]]] = []


@dataclass(frozen=True)
class Line:
    sentence: str
    points: float

    @property
    def speaks_for(self) -> bool:
        return self.points > 0


@dataclass(frozen=True)
class Shown:
    """A pair as this person may see it."""

    pair: Pair
    verdict: str
    first: Any
    second: Any
    facts: list[Line]
    rest: list[Line]
    may_edit: bool
    merge: str
    begin: str
    apart: str
    first_words: str
    second_words: str
    first_icon: str
    second_icon: str

    @property
    def score(self) -> float:
        """By the weights of today: what stands in the lines adds up to it."""
        return sum(line.points for line in (*self.facts, *self.rest))

    @property
    def percent(self) -> int:
        return min(99, round(100 * SHIPPED[Way(self.pair.way)].likely(self.score)))


def kinds_for(viewer: Viewer) -> list[tuple[str, str]]:
    found = []
    for one, other in KINDS:
        if viewer.may(one, "view") and viewer.may(other, "view"):
            first, second = registry.get(one).name, registry.get(other).name
            label = first if one == other else _("%(first)sと%(second)s") % {"first": first, "second": second}
            found.append((f"{one}-{other}", label))
    return found


def chosen(verdict: str, kind: str, viewer: Viewer) -> Any:
    rows = Pair.objects.all()
    if verdict in Verdict.values:
        rows = rows.filter(verdict=verdict)
    kinds = {name for name, _label in kinds_for(viewer)}
    wanted = [kind] if kind in kinds else sorted(kinds)
    either = Q(pk__in=())
    for each in wanted:
        one, _dash, other = each.partition("-")
        either |= Q(first_object=one, second_object=other)
    return rows.filter(either).order_by("-score", "-pk")


def page(rows: Any, viewer: Viewer, after: str, verdict: str = "") -> tuple[list[Shown], str]:
    """Paged by score and key: what cannot be seen is passed over, and the way on tells nothing of it."""
    if after:
        rows = behind(rows, *_place(after))
    found = list(rows[:LOOKED_AT])
    shown: list[Shown] = []
    for at in range(0, len(found), SHOWN):
        part = found[at : at + SHOWN]
        for each in show(part, viewer):
            if verdict in Verdict.values and each.verdict != verdict:
                continue
            shown.append(each)
            if len(shown) == SHOWN:
                more = each.pair != found[-1] or len(found) == LOOKED_AT
                return shown, _way_on(each.pair) if more else ""
    return shown, _way_on(found[-1]) if len(found) == LOOKED_AT else ""


def behind(rows: Any, score: float, key: int) -> Any:
    """Those that stand after this one in the order of `chosen`."""
    return rows.filter(Q(score__lt=score) | Q(score=score, pk__lt=key))


def _way_on(pair: Pair) -> str:
    return seal(f"{pair.score},{pair.pk}", PURPOSE)


def _place(after: str) -> tuple[float, int]:
    try:
        score, _comma, key = open_seal(after, PURPOSE).partition(",")
        return float(score), int(key)
    except (ValueError, Unreadable):
        raise NotFound from None


def knows_all(viewer: Viewer, *object_keys: str) -> bool:
    """How many are called so, and how many pairs there are, is for whoever sees them."""
    return all(viewer.reach(key, "view").everyone for key in object_keys)


def counts(viewer: Viewer) -> dict[str, int] | None:
    """None for whoever sees only some of the records."""
    if not knows_all(viewer, "account", "contact", "lead"):
        return None
    return {name: Pair.objects.filter(verdict=name).count() for name in Verdict.values}


def show(pairs: Iterable[Pair], viewer: Viewer) -> list[Shown]:
    """Those of which both may be seen, which nobody has marked as two meanwhile and which are not known to be one."""
    pairs, rules = list(pairs), setup()
    places = [place for each in pairs for place in _ends(each)]
    seen, apart = seen_of_kinds(places, viewer), _apart(pairs)
    mixed = any(each.first_object != each.second_object for each in pairs)
    begins = [each(viewer) for each in begin_with] if mixed else []
    known = same.known_among(seen.values()) if mixed else set()
    found = []
    for each in pairs:
        first, second = (seen.get(place) for place in _ends(each))
        if first is not None and second is not None and each.pk not in apart and _ends(each) not in known:
            shown = _shown(each, first, second, viewer, rules, begins)
            found += [shown] if shown is not None else []
    return found


def _ends(pair: Pair) -> tuple[tuple[str, int], tuple[str, int]]:
    return (pair.first_object, pair.first_id), (pair.second_object, pair.second_id)


def _apart(pairs: list[Pair]) -> set[int]:
    """Pairs that were marked on the page of a record."""
    one_kind = [each for each in pairs if each.first_object == each.second_object]
    marks = set(
        Separation.objects.filter(first_id__in={each.first_id for each in one_kind}).values_list(
            "object", "first_id", "second_id"
        )
    )
    return {each.pk for each in one_kind if (each.first_object, each.first_id, each.second_id) in marks}


def _shown(
    pair: Pair, first: Any, second: Any, viewer: Viewer, rules: Setup, begins: Sequence[Callable[[Any], str]]
) -> Shown | None:
    """None where what this person may not see is all that speaks for it."""
    hidden = viewer.hidden_fields(pair.first_object) | viewer.hidden_fields(pair.second_object)
    facts = tuple(fact for fact in pair.facts if may_be_told(fact, hidden))
    model, verdict = model_of(Way(pair.way), rules), pair.verdict
    if len(facts) < len(pair.facts):
        verdict = model.verdict(model.score(facts, pair.common))
        if verdict == NO:
            return None
    lines = model.explain(facts, _common(pair, viewer))
    told = [Line(said(line, pair.way), line.weight) for line in lines]
    agreeing = [each for line, each in zip(lines, told, strict=True) if agrees(line)]
    rest = [each for line, each in zip(lines, told, strict=True) if not agrees(line)]
    types = registry.get(pair.first_object), registry.get(pair.second_object)
    return Shown(
        pair, verdict, first, second, agreeing, rest, sees(viewer, first, "edit") or sees(viewer, second, "edit"),
        merge_address(first, second), _begin_address(first, second, begins),
        reverse("dedupe:apart", args=[types[0].slug, first.uid, types[1].slug, second.uid]),
        types[0].subtitle(first, viewer), types[1].subtitle(second, viewer), types[0].icon, types[1].icon,
    )  # fmt: skip


def _common(pair: Pair, viewer: Viewer) -> int:
    """How many are called so. Of a few the number would tell of one that this person does not see."""
    many = pair.common > FEW and knows_all(viewer, pair.first_object, pair.second_object)
    return pair.common if many else min(pair.common, 2)


def _begin_address(first: Any, second: Any, begins: Sequence[Callable[[Any], str]]) -> str:
    """Of a customer and a lead that are one, the lead begins as that customer, where the program has such a page."""
    kinds = {each.object_key: each for each in (first, second)}
    if len(kinds) == 1 or "lead" not in kinds:
        return ""
    return next(filter(None, (begin(kinds["lead"]) for begin in begins)), "")


def merge_address(first: Any, second: Any) -> str:
    """Where two of one kind are merged, where the program has such a page."""
    if first.object_key != second.object_key:
        return ""
    try:
        address = reverse("merging:new")
    except NoReverseMatch:
        return ""
    return f"{address}?object={first.object_key}&uid={first.uid}&uid={second.uid}"
