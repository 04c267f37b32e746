"""What was merged, as a list; one of them, with the way back; two that are one party."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.customers.views.verb_page import verb_page
from daifuku.dedupe.files import may_export
from daifuku.foundation.errors import DomainError, NotFound
from daifuku.foundation.whole import whole
from daifuku.merging import actions
from daifuku.merging.asking import KINDS
from daifuku.merging.models import Merge
from daifuku.merging.standing import contested, made_since, survivor_of_merge
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.records.showing import show_value
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.forms import Quiet

SHOWN, LOOKED = 50, 200


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    viewer, before = viewer_at(request), whole(request.GET.get("before"))
    kinds = [key for key in KINDS if viewer.may(key, "view")]
    if not kinds:
        raise NotFound
    rows = Merge.objects.filter(object__in=kinds).select_related("by", "undone_by").order_by("-pk")
    found = list((rows if before is None else rows.filter(pk__lt=before))[:LOOKED])
    seen = seen_of_kinds([(each.object, each.survivor_id) for each in found], viewer, trashed=True)
    shown = [
        (each, seen[each.object, each.survivor_id])
        for each in found
        if (each.object, each.survivor_id) in seen
    ]
    further = found[-1].pk if len(found) == LOOKED else None
    if len(shown) > SHOWN:
        shown, further = shown[:SHOWN], shown[SHOWN - 1][0].pk
    page = {"merges": shown, "next": further, "may_export": may_export(viewer, *kinds)}
    return render(request, "merging/list.html", page)


@never_cache
@require_safe
def merge_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _page(request, *_find(uid, viewer_at(request)))


@require_POST
def undo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """With what was chosen: values that go back all the same, and who gets what was made since."""
    merge, survivor = _find(uid, viewer_at(request))
    sent = request.POST
    fields = {
        name.removeprefix("field.") for name in sent if name.startswith("field.") and sent[name] == "before"
    }
    give = {name.removeprefix("give."): str(sent[name]) for name in sent if name.startswith("give.")}
    try:
        kept = actions.take_back(merge, by=viewer_at(request).person, fields=fields, give=give)
    except DomainError as error:
        if error.status in {403, 404}:
            raise
        return _page(request, merge, survivor, error)
    number = len(merge.sources) + 1
    words = ngettext("%(n)s件の記録に戻しました。", "%(n)s件の記録に戻しました。", number) % {"n": number}
    if kept:
        words += _("統合のあとに付け替えられた%(n)s件はそのままです。") % {"n": len(kept)}
    messages.success(request, words)
    return redirect(survivor.get_absolute_url())


def _find(uid: uuid.UUID, viewer: Viewer) -> tuple[Merge, Any]:
    """Whoever sees the record that stayed knows of the merge."""
    merge = Merge.objects.select_related("by", "undone_by").filter(uid=uid).first()
    survivor = survivor_of_merge(merge) if merge else None
    if merge is None or survivor is None or not sees(viewer, survivor, "view"):
        raise NotFound
    return merge, survivor


def _page(
    request: HttpRequest, merge: Merge, survivor: Any, error: DomainError | None = None
) -> HttpResponse:
    viewer = viewer_at(request)
    fields = vocabulary.fields_for(viewer, merge.object)
    open_still = merge.undone_at is None and not merge.final
    changes = [
        (fields[key].name, *(show_value(fields[key], fields[key].type.from_json(v), viewer) for v in values))
        for key, values in merge.changes.items()
        if key in fields
    ]
    disputed = [
        (each.field, show_value(each.field, each.before, viewer), show_value(each.field, each.now, viewer))
        for each in (contested(merge, viewer) if open_still else ())
    ]
    page = {
        "merge": merge, "survivor": survivor, "object_type": registry.get(merge.object), "error": error,
        "changes": changes, "contested": disputed, "since": made_since(merge, viewer) if open_still else [],
        "may_undo": open_still and sees(viewer, survivor, "edit"), "moved": list(merge.moved.items()),
    }  # fmt: skip
    return render(request, "merging/merge.html", page, status=error.status if error else 200)


class ReasonForm(Quiet):
    reason = forms.CharField(
        label=gettext_lazy("両方を残す理由"), required=False,
        help_text=gettext_lazy("例: 2社の役員を兼ねている、請求先が別"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def same(request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID) -> HttpResponse:
    record, second = _two(request, slug, uid, other_slug, other)
    by = viewer_at(request).person
    return verb_page(
        request, ReasonForm(request.POST or None),
        lambda values: actions.link_same(record, second, values["reason"], by=by),
        record=record, title=_("同じ相手として、両方を残す"), button=_("同じ相手とする"),
        done=_("同じ相手として登録しました。今後は同じかもしれない記録に表示しません。"),
        lead=_("「%(one)s」と「%(other)s」は同じ相手ですが、記録は両方とも残します。")
        % {"one": record, "other": second},
    )  # fmt: skip


@require_POST
def unlink(
    request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID
) -> HttpResponse:
    record, second = _two(request, slug, uid, other_slug, other)
    actions.unlink_same(record, second, by=viewer_at(request).person)
    messages.success(request, _("同じ相手の印を外しました。履歴から元に戻せます。"))
    return redirect(record.get_absolute_url())


def _two(
    request: HttpRequest, slug: str, uid: uuid.UUID, other_slug: str, other: uuid.UUID
) -> tuple[Any, Any]:
    kind, record = record_at(request, slug, uid)
    other_kind, second = record_at(request, other_slug, other)
    if kind.key not in KINDS or other_kind.key not in KINDS:
        raise NotFound
    return record, second
