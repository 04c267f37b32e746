"""The administrator says which field of a lead goes where. Every change is another version; old ones can come back."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.mapping import fitting
from daifuku.conversion.mapping.rules import (
    APPEND,
    FIRST_LINE,
    OBJECTS,
    PLAIN,
    WORDS,
    Book,
    Rule,
    current,
    version,
)
from daifuku.conversion.models import Mapping
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import LongText, Refused, Text
from daifuku.staff.models import Person

HOWS = (PLAIN, FIRST_LINE, WORDS, APPEND)
LONGEST = 200
MOST_VALUES = 300


def map_field(
    source: str, targets: AnyMapping[str, AnyMapping[str, Any]], *, by: Person, stays: bool = False,
    number: int | None = None,
) -> Book:  # fmt: skip
    """Says where this field of the lead goes: `{"contact": {"target": "industry", "how": "", ...}}`, nothing for an
    object where it goes nowhere. With `stays` it stays with the lead on purpose. `number` is the version that was
    looked at.

    Raises Invalid (`contact.target` and so on), Stale, Forbidden, NotFound (no such field of leads).
    """
    need_settings(by)
    field = vocabulary.fields_of("lead").get(source)
    if field is None:
        raise NotFound
    rules = [
        _clean(field, object_key, given)
        for object_key, given in targets.items()
        if object_key in OBJECTS and given.get("target")
    ]
    with ledger.writing():
        book = _held(number)
        kept = _in_place(book, source, rules)
        left = book.stays - {source}
        return _keep(book, kept, left | {source} if stays and not rules else left, field.name, by=by)


def go_back(number: int, *, by: Person, undoes: Event | None = None) -> Book:
    """An older version again, as a new one. Raises NotFound, Forbidden."""
    need_settings(by)
    with ledger.writing():
        old = version(number)
        if old is None:
            raise NotFound
        name = _("第%(number)s版に戻す") % {"number": number}
        return _keep(_held(None), list(old.rules), old.stays, name, by=by, undoes=undoes)


def drop_broken(*, by: Person) -> Book:
    """Takes out what leads to, or comes from, fields that are not there any more."""
    need_settings(by)
    with ledger.writing():
        book = _held(None)
        whole = [rule for rule in book.rules if not rule.broken]
        return _keep(book, whole, book.stays, _("削除された項目を外す"), by=by)


def undo_mapping(event: Event, by: Person) -> Undone:
    """The version before it, as long as nobody has made another one since."""
    before, made = event.data.get("before"), event.data.get("number")
    if not isinstance(before, int) or current().number != made:
        raise ChangedSince
    go_back(before, by=by, undoes=event)
    return Undone(1)


def _held(number: int | None) -> Book:
    """The version that counts, and nobody makes another one meanwhile."""
    list(Mapping.objects.select_for_update().order_by("-number")[:1])
    book = current()
    if number is not None and book.number != number:
        sentence = _(
            "ほかの人が先に関連付けを変えました。画面を開き直して、内容を確認してからもう一度保存してください。"
        )
        raise Stale(sentence)
    return book


def _keep(
    book: Book, rules: Sequence[Rule], stays: Any, name: Any, *, by: Person, undoes: Event | None = None
) -> Book:
    made = replace(book, rules=tuple(rules), stays=frozenset(stays))
    if (made.rules, made.stays) == (book.rules, book.stays) and undoes is None:
        return book
    made = replace(made, number=book.number + 1)
    Mapping.objects.create(
        number=made.number, rules=[rule.to_json() for rule in made.rules], stays=sorted(made.stays), by=by,
        at=moment(),
    )  # fmt: skip
    data = {"name": str(name), "before": book.number, "number": made.number}
    ledger.record("conversion.mapping_changed", by=by, data=data, undoes=undoes)
    return made


def _in_place(book: Book, source: str, rules: Sequence[Rule]) -> list[Rule]:
    """Where the field's rules stood before, so that what goes first still goes first."""
    places = [place for place, rule in enumerate(book.rules) if rule.source == source]
    others = [rule for rule in book.rules if rule.source != source]
    start = places[0] if places else len(others)
    return [*others[:start], *rules, *others[start:]]


def _clean(source: Field, object_key: str, given: AnyMapping[str, Any]) -> Rule:
    target = vocabulary.fields_of(object_key).get(str(given["target"]))
    words = {"object": registry.get(object_key).name, "field": str(given["target"])[:63]}
    if target is None:
        sentence = _("%(object)sに「%(field)s」という項目はありません。削除された可能性があります。")
        raise _problem(object_key, "target", sentence % words)
    fit = fitting.fit(source, target)
    if not fit.possible:
        raise _problem(object_key, "target", fit.sentence)
    rule = Rule(
        source.key, object_key, target.key, str(given.get("how") or ""), str(given.get("words") or "").strip(),
        str(given.get("default") or "").strip(), _values(source, target, object_key, given.get("values")),
    )  # fmt: skip
    _check(rule, target)
    return rule


def _check(rule: Rule, target: Field) -> None:
    if rule.how not in HOWS:
        raise _problem(rule.object, "how", _("写し方を選択肢から選んでください。"))
    if rule.how and not isinstance(target.type, Text):
        raise _problem(rule.object, "how", _("この写し方は、文字の項目にだけ使えます。"))
    if rule.how == APPEND and not isinstance(target.type, LongText):
        raise _problem(rule.object, "how", _("「後ろに書き足す」は、複数行の文字の項目にだけ使えます。"))
    if rule.how == WORDS and (fitting.PLACE not in rule.words or len(rule.words) > LONGEST):
        raise _problem(rule.object, "words", _("200文字以内で、値の入るところに{値}と書いてください。"))
    if rule.default:
        try:
            target.type.clean(rule.default, None)
        except Refused as error:
            raise _problem(rule.object, "default", error.message) from error


def _values(source: Field, target: Field, object_key: str, given: Any) -> dict[str, str]:
    """Each of the lead's choices, or words, with the one that it becomes; what is of the same name needs no saying."""
    values: dict[str, str] = {}
    if len(dict(given or {})) > MOST_VALUES:
        sentence = _("対応は%(most)s個までです。使わないものを外してください。") % {"most": MOST_VALUES}
        raise _problem(object_key, "values", sentence)
    for key, wanted in dict(given or {}).items():
        if not wanted:
            continue
        try:
            clean = target.type.clean(wanted, None)
        except Refused as error:
            raise _problem(object_key, "values", error.message) from error
        found = target.type.to_json(clean)
        values[str(key)] = found[0] if isinstance(found, list) else str(found)
    return values


def _problem(object_key: str, name: str, sentence: Any) -> Invalid:
    return Invalid([FieldProblem(f"{object_key}.{name}", sentence, code="mapping")])
