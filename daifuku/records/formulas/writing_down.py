"""Takes a formula or a roll-up as somebody wrote it and gives what is kept: understood, checked, keys for names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Invalid
from daifuku.foundation.whole import whole
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import RESULTS, TYPES
from daifuku.records.formulas.checking import check
from daifuku.records.formulas.looking_up import Look
from daifuku.records.formulas.parsing import parse
from daifuku.records.formulas.plan import Place, circle, hops_of
from daifuku.records.formulas.printing import write
from daifuku.records.formulas.rolling import HOW, House, Roll, can
from daifuku.records.formulas.sources import RESULT_OF, kind_of
from daifuku.records.formulas.syntax import Kind, Node, Reference, Wrong, walk
from daifuku.records.models import CustomField

PLACES, MOST_PLACES = 2, 6
RELATIVE = frozenset({"me", "my_team"})


class Unfit(ValueError):
    """What is wrong with it, in which of its parts."""

    def __init__(self, field: str, sentence: Any, code: str = "invalid") -> None:
        super().__init__(sentence)
        self.field, self.sentence, self.code = field, sentence, code


def clean_formula(row: CustomField, raw: Mapping[str, Any]) -> dict[str, Any]:
    """`formula` with labels or keys, `result` (made from the formula where none is named), `places`. Raises Unfit."""
    node, kind = understood(row.object, raw.get("formula"))
    hops = hops_of(look_from(row.object), node)
    _refuse_circle(row, ((hop.object, hop.key) for hop in hops))
    return {"formula": write(node), **_result(raw, kind)}


def understood(object_key: str, text: Any) -> tuple[Node, Kind]:
    """The formula with the fields' keys, and what it gives. Raises Unfit."""
    if not isinstance(text, str):
        raise Unfit("formula", _("式を文字で入力してください。"), "type")
    look = look_from(object_key)
    try:
        node = look.keys(parse(text))
        return node, check(node, look.kind)
    except Wrong as error:
        raise Unfit("formula", error.message, "formula") from error


def shown(row: CustomField) -> str:
    """The formula with the fields as they are called now; as it is kept where it cannot be read."""
    kept = str(row.options.get("formula", ""))
    try:
        return write(parse(kept), look_from(row.object).labels)
    except Wrong:
        return kept


def missing(row: CustomField) -> list[str]:
    """The fields that the formula names and that are not there any more."""
    look, gone = look_from(row.object), []
    try:
        named = [each for each in walk(parse(row.options.get("formula", ""))) if isinstance(each, Reference)]
    except Wrong:
        return []
    for each in named:
        try:
            look.way(each)
        except Wrong:
            gone.append(".".join(look.labels(each.steps)))
    return gone


def clean_roll(row: CustomField, raw: Mapping[str, Any]) -> dict[str, Any]:
    """`of`, `link`, `how`, `field`, `condition`, `places`. Raises Unfit."""
    kept = _rolled(row.object, raw)
    roll = Roll.read(row.object, kept)
    if kept["condition"]:
        kept["condition"] = _condition(roll)
        roll = Roll.read(row.object, kept)
    _refuse_circle(row, ((roll.of, key) for key in roll.watched))
    return kept | _roll_result(roll, raw)


def look_from(object_key: str) -> Look:
    return Look(_fields(), object_key)


def _fields() -> dict[str, Any]:
    return {each.key: vocabulary.fields_of(each.key) for each in registry.every()}


def _result(raw: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """`kind` is what the formula gives; a blank is anything."""
    wanted, allowed = raw.get("result") or RESULT_OF[kind][0], RESULT_OF[kind]
    if wanted not in RESULTS:
        raise Unfit("result", _("結果の種類を一覧から選んでください。"), "choice")
    if kind is not Kind.BLANK and wanted not in allowed:
        sentence = _("この式の結果は%(kind)sです。結果の種類を「%(allowed)s」から選んでください。")
        names = str(_("、")).join(str(TYPES[each].label) for each in allowed)
        raise Unfit("result", sentence % {"kind": kind.words, "allowed": names}, "result")
    kept: dict[str, Any] = {"result": wanted}
    if wanted in {"decimal", "percent"}:
        kept["places"] = _places(raw.get("places"), 1 if wanted == "percent" else PLACES)
    return kept


def _places(raw: Any, usual: int) -> int:
    if raw is None or raw == "":
        return usual
    number = whole(raw) if isinstance(raw, str) else raw
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST_PLACES:
        raise Unfit("places", _("0から%(most)sまでの数にしてください。") % {"most": MOST_PLACES}, "range")
    return number


def _refuse_circle(row: CustomField, needed: Iterable[Place]) -> None:
    way = circle(vocabulary.plan(), (row.object, row.key), needed)
    if not way:
        return
    fields = _fields()

    def name(place: Place) -> str:
        if place == (row.object, row.key):
            return row.label or str(_("この項目"))
        return fields[place[0]][place[1]].name if place[1] in fields[place[0]] else place[1]

    part = "formula" if row.type == "formula" else "field"
    sentence = _("計算が循環しています: %(way)s") % {"way": " → ".join(name(place) for place in way)}
    raise Unfit(part, sentence, "circle")


def _rolled(object_key: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    fields = _fields()
    of, how = raw.get("of"), raw.get("how")
    if not isinstance(of, str) or of not in fields:
        raise Unfit("of", _("集計する記録の種類を選んでください。"), "choice")
    link = fields[of].get(raw["link"]) if isinstance(raw.get("link"), str) else None
    if link is None or getattr(link.type, "target", None) != object_key:
        sentence = _("この記録へのリンクになっている項目を選んでください。")
        raise Unfit("link", sentence, "choice")
    if how not in HOW:
        raise Unfit("how", _("集計のしかたを選んでください。"), "choice")
    kept = {"of": of, "link": link.key, "how": how, "condition": raw.get("condition") or {}}
    if how == "count":
        return kept
    read = fields[of].get(raw["field"]) if isinstance(raw.get("field"), str) else None
    if read is None:
        raise Unfit("field", _("集計する項目を選んでください。"), "choice")
    if not can(how, read):
        sentence = _("「%(field)s」は「%(how)s」では集計できません。")
        raise Unfit("field", sentence % {"field": read.name, "how": str(HOW[how])}, "kind")
    return kept | {"field": read.key}


def _condition(roll: Roll) -> Any:
    """Of the records' own fields only, and the same for whoever looks."""
    from daifuku.records import conditions

    try:
        parsed = conditions.parse(roll.condition, roll.of, House())
    except Invalid as error:
        raise Unfit("condition", error.problems[0].message, "condition") from error
    for test in parsed.tests():
        values = test.value if isinstance(test.value, list) else [test.value]
        if test.path.link is not None:
            raise Unfit("condition", _("集計の条件には、集計する記録の項目だけを使えます。"), "condition")
        if any(isinstance(value, str) and value in RELATIVE for value in values):
            raise Unfit("condition", _("集計の条件に「自分」は使えません。人を選んでください。"), "condition")
    return parsed.to_json() if parsed else {}


def _roll_result(roll: Roll, raw: Mapping[str, Any]) -> dict[str, Any]:
    """As the field is whose values are rolled up; an average has places."""
    if roll.how == "count":
        return {"result": "integer"}
    read = vocabulary.fields_of(roll.of)[roll.key]
    kind = kind_of(read)
    assert kind is not None
    result = read.type.key if read.type.key in RESULT_OF[kind] else RESULT_OF[kind][0]
    if roll.how == "average" and result == "integer":
        result = "decimal"
    usual = getattr(read.type, "places", 0) or (1 if roll.how == "average" else 0)
    return {
        "result": result,
        **({"places": _places(raw.get("places"), usual)} if result in {"decimal", "percent"} else {}),
    }
