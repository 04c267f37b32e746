"""The page on which several records become one: side by side, a choice for each field, what moves and what is lost."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daifuku.customers import same
from daifuku.foundation.errors import DomainError, Forbidden, NotFound
from daifuku.foundation.reversing import url_of
from daifuku.foundation.way_back import way_back
from daifuku.foundation.whole import whole
from daifuku.merging import actions
from daifuku.merging.asking import KINDS, MOST, need_mergeable, need_number
from daifuku.merging.laying_out import lay_out
from daifuku.merging.models import Merge
from daifuku.merging.proposing import most_complete
from daifuku.records import once
from daifuku.records.absorbing import survivor_key
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.types import RecordLink, Refused
from daifuku.records.forms.widgets import RelationInput
from daifuku.records.scope import seen_by_uid, sees
from daifuku.records.views import telling
from daifuku.records.views.finding import linked_columns, viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

FIELD = "field."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """`?object=account&uid=…&uid=…`, and which of them stays (`survivor`)."""
    viewer = viewer_at(request)
    sent = request.POST if request.method == "POST" else request.GET
    object_type = _object(sent.get("object", ""), viewer)
    uids = list(dict.fromkeys(uid for text in sent.getlist("uid")[: MOST + 1] if (uid := _uid(text))))
    if request.method == "POST" and "stay" not in sent and (done := _done_before(sent, object_type, viewer)):
        return redirect(done)
    if request.method != "POST" and (other := _named(sent, object_type, viewer)) is not None:
        uids.append(other.uid)
        return redirect(
            f"{url_of('merging:new')}?{urlencode({'object': object_type.key, 'uid': uids}, doseq=True)}"
        )
    if request.method != "POST" and len(set(uids)) == 1:
        return _choose(request, object_type, _record(object_type, uids[0], viewer), viewer)
    try:
        need_number(len(set(uids)))
        records = [_record(object_type, uid, viewer) for uid in uids]
        need_mergeable(records, viewer)
    except DomainError as error:
        return _refused(request, error, object_type)
    if request.method == "POST" and "stay" not in sent:
        return _merge(request, object_type, records, viewer)
    return _page(request, object_type, records, viewer)


def _merge(
    request: HttpRequest, object_type: ObjectType, records: Sequence[Any], viewer: Viewer
) -> HttpResponse:
    sent = request.POST
    survivor = _survivor(sent, records)

    def act() -> dict[str, Any]:
        done = actions.merge(
            records, survivor, by=viewer.person, choices=_choices(sent), versions=_versions(sent)
        )
        return {"merge": str(done.uid)}

    try:
        outcome, fresh = once.once(sent, act, by=viewer.person)
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        return _page(request, object_type, [type(r).plain.get(pk=r.pk) for r in records], viewer, error)
    done = Merge.objects.select_related("line").get(uid=outcome["merge"])
    if fresh:
        number = len(done.sources) + 1
        words = ngettext("%(n)s件を1件に統合しました。", "%(n)s件を1件に統合しました。", number) % {
            "n": number
        }
        telling.done(request, words, done.line)
    return redirect(way_back(request) or survivor.get_absolute_url())


def _page(
    request: HttpRequest, object_type: ObjectType, records: Sequence[Any], viewer: Viewer,
    error: DomainError | None = None,
) -> HttpResponse:  # fmt: skip
    sent, came_from = request.POST if request.method == "POST" else request.GET, way_back(request)
    survivor = _survivor(sent, records)
    sides = lay_out(records, survivor, viewer, _choices(sent))
    page = {
        "object_type": object_type, "sides": sides, "survivor": survivor, "error": error,
        "once": once.new_word(), "problems": error.problems if error else (), "came_from": came_from,
        "back": came_from or url_of("records:list", object_type.slug),
        "back_words": _("もとの画面") if came_from else object_type.names,
    }  # fmt: skip
    return render(request, "merging/new.html", page, status=error.status if error else 200)


def _refused(request: HttpRequest, error: DomainError, object_type: ObjectType) -> HttpResponse:
    """What cannot be merged at all: the sentence, and the way back."""
    if error.status in {403, 404, 410}:
        raise error
    page = {"error": error, "object_type": object_type, "most": MOST}
    return render(request, "merging/refused.html", page, status=error.status)


def _choose(request: HttpRequest, object_type: ObjectType, record: Any, viewer: Viewer) -> HttpResponse:
    """Begun from one record: with which others? Those that look like it are offered."""
    if not sees(viewer, record, "edit"):
        raise Forbidden
    found = [each for each in same.of_record(record, viewer, most=10) if each.object_type is object_type]
    form = OtherForm(request.GET if "other" in request.GET else None)
    form.fields["other"].widget = RelationInput(object_type.key, viewer)
    form.fields["other"].label = _("ほかの%(object)s") % {"object": object_type.name}
    if form.is_bound:
        form.add_error("other", _("統合する相手を、一覧から選んでください。"))
    page = {"object_type": object_type, "record": record, "found": found, "form": form}
    return render(request, "merging/choose.html", page, status=422 if form.is_bound else 200)


def _named(sent: QueryDict, object_type: ObjectType, viewer: Viewer) -> Any:
    """The record that was looked for by its name; None where there is none."""
    typed = RelationInput(object_type.key, viewer).value_from_datadict(sent, None, "other")
    try:
        return RecordLink(object_type.key).clean(typed, viewer)
    except Refused:
        return None


class OtherForm(Quiet):
    other = forms.CharField(required=False)


def _object(key: str, viewer: Viewer) -> ObjectType:
    if key not in KINDS or not viewer.may(key, "view"):
        raise NotFound
    return registry.get(key)


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _record(object_type: ObjectType, uid: uuid.UUID, viewer: Viewer) -> Any:
    linked = linked_columns(object_type)
    record = seen_by_uid(object_type.model, uid, viewer, linked=linked, trashed=True)
    if record is None:
        raise NotFound
    return record


def _survivor(sent: QueryDict, records: Sequence[Any]) -> Any:
    """The one that was chosen, else the one on which most hangs."""
    named = sent.get("stay") or sent.get("survivor")
    wanted = next((record for record in records if str(record.uid) == named), None)
    return wanted or most_complete(records)


def _choices(sent: QueryDict) -> dict[str, str]:
    return {name.removeprefix(FIELD): str(sent[name]) for name in sent if name.startswith(FIELD)}


def _versions(sent: QueryDict) -> dict[str, int]:
    found = {}
    for text in sent.getlist("version"):
        uid, _colon, number = text.partition(":")
        if (version := whole(number)) is not None:
            found[uid] = version
    return found


def _done_before(sent: QueryDict, object_type: ObjectType, viewer: Viewer) -> str:
    """Whoever presses twice comes to the record that the first press has made."""
    others = [uid for text in sent.getlist("uid") if text != sent.get("survivor") and (uid := _uid(text))]
    survivor = _uid(sent.get("survivor", ""))
    if survivor is None or not others:
        return ""
    stays = seen_by_uid(object_type.model, survivor, viewer)
    if stays is None or any(survivor_key(object_type.key, uid=uid) != stays.pk for uid in others):
        return ""
    return str(stays.get_absolute_url())
