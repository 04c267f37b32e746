"""A deletion request over HTTP: everything about a person leaves the program. This cannot be undone."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.once import Once
from daifuku.api.routing import in_steps, records
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.actions.erasing import erase, look_through
from daifuku.records.actions.powers import need_power


class Sure(Schema):
    model_config = ConfigDict(extra="forbid")

    sure: bool


class Erased(Schema):
    """`line` is the line of the ledger that says who erased it and when."""

    uid: str
    line: int
    at: str


@records.post(
    "/{slug}/{uid}/erase", operation_id="erase_{object}", summary=noop("個人情報の消去"), response=Erased
)
@in_steps
def erase_person(request: Asked, slug: str, uid: str, body: Sure) -> HttpResponseBase:
    """Empties the record, its comments, files and lines, and leaves it in the trash; `sure` must be true.

    Needs the power to erase, and a token that was given out for it. Records that are not about a person: 409
    `not_about_a_person`.
    """
    viewer, person = request.auth.viewer, request.auth.person
    record = record_of(viewer, object_of(viewer, slug), uid, trashed=True)
    need_power(person, "erase")
    request.auth.needs("erase")
    if not body.sure:
        sentence = _("この操作は元に戻せません。内容を確認して、sure を true にしてください。")
        raise Invalid([FieldProblem("sure", sentence, code="not_sure")])
    once = Once(request)
    if given := once.before():
        return given
    looked = look_through(record, by=person)

    def act() -> Answer:
        event = erase(record, by=person, looked=looked)
        return Answer({"uid": str(record.uid), "line": event.pk, "at": event.at})

    return once.whole(act)
