"""Change the record with this key, or register it where there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja.params.functions import Body

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked, Caller
from daifuku.api.finding import object_of
from daifuku.api.operations.many import answering, create_once, own_uid, shown, taking
from daifuku.api.routing import records
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.foundation.sql.named_lock import hold
from daifuku.records import actions, conditions
from daifuku.records.actions.cleaning import unknown
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import Integer, LongText, Refused, Text

BOTH = [answering("{Object}"), answering("{Object}", "201", "Created")]
UPSERT = taking("{Object}Change") | {"responses": BOTH[0]["responses"] | BOTH[1]["responses"]}


@records.put(
    "/{slug}/by/{field}/{path:value}", operation_id="upsert_{object}", summary=noop("キーで登録または変更"),
    openapi_extra=UPSERT,
)  # fmt: skip
def upsert_record(
    request: Asked, slug: str, field: str, value: str, body: dict[str, Any] = Body(...)
) -> Answer:
    """`PUT /accounts/by/code/T-100`: the account with this code; `by/uid/...` takes the record's own number."""
    object_type = object_of(request.auth.viewer, slug)
    record, fresh = upsert(object_type, field, value, body, request.auth)
    return shown(request, object_type, record, status=201 if fresh else 200)


def upsert(
    object_type: ObjectType, name: str, value: Any, body: Mapping[str, Any], caller: Caller
) -> tuple[Any, bool]:
    """The record and whether it is new. Must run inside `ledger.writing()`: two with the same key wait in line.

    Raises Invalid, Conflict (several records have this key), Forbidden, NotFound.
    """
    rows = object_type.model.objects.visible_to(caller.viewer)
    if name == "uid":
        hold(f"{object_type.key}.uid.{value}")
        found = list(rows.filter(uid=own_uid({"uid": value}))[:2])
        fresh: Mapping[str, Any] = {**body, "uid": str(value)}
    else:
        field, key = _key(object_type, name, value, caller)
        hold(f"{object_type.key}.{name}.{field.type.to_json(key)}")
        found = list(_with_key(rows, field, key, caller).order_by("pk")[:2])
        fresh = {name: value, **body}
    if len(found) > 1:
        sentence = _("この値の記録が複数あります。uid を指定して変更してください。")
        raise Conflict(sentence, code="ambiguous", field=name)
    if found:
        return actions.edit(found[0], body, by=caller.person), False
    return create_once(object_type, fresh, caller)


def _with_key(rows: Any, field: Field, key: Any, caller: Caller) -> Any:
    """Words exactly as they are stored; numbers of custom fields as conditions compare them on each engine."""
    if not (field.custom and field.type.numeric):
        return rows.alias(_key=field.expression).filter(_key=key)
    test = {"field": field.key, "op": "eq", "value": key}
    condition = conditions.parse(test, rows.model.object_key, caller.viewer)
    return rows.filter(condition.q(caller.viewer, timezone.localdate()))


def _key(object_type: ObjectType, name: str, value: Any, caller: Caller) -> tuple[Field, Any]:
    """The field and the value as it is stored; only words and whole numbers can be keys."""
    field = vocabulary.fields_for(caller.viewer, object_type.key).get(name)
    if field is None:
        raise Invalid([unknown(name)])
    if not isinstance(field.type, Text | Integer) or isinstance(field.type, LongText):
        raise Invalid([FieldProblem(name, _("この項目はキーにできません。"), code="not_a_key")])
    try:
        key = field.type.clean(value, caller.viewer)
    except Refused as error:
        raise Invalid([FieldProblem(name, error.message, code=error.code)]) from error
    if field.type.is_empty(key):
        raise Invalid([FieldProblem(name, _("キーの値を入れてください。"), code="required")])
    return field, key
