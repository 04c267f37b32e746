"""The administrator's page on which the page of a kind of record is laid out, as a draft until it is applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.foundation.errors import DomainError
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.whole import whole
from daifuku.ledger import reads
from daifuku.records.actions import layouts
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.actions.layout_details import LONGEST, MOST_SECTIONS
from daifuku.records.catalogue import arranging, registry, vocabulary
from daifuku.records.catalogue.arranging import COLUMNS, PANEL_COLUMNS, Arrangement, Section
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.layout_preview import preview
from daifuku.records.layout_steps import Desk, column_names
from daifuku.records.models import Layout, LayoutDraft
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.models import Role
from daifuku.staff.views.finding import with_power


@require_http_methods(["GET", "HEAD", "POST"])
def layout_page(request: HttpRequest, object: str) -> HttpResponse:
    """POST takes one step and keeps the draft; `preview` leads to what a role sees of it."""
    by, object_type = with_power(request, "settings"), known_object(object)
    if request.method != "POST":
        return render(request, "records/settings/layout.html", _page(request, object_type))
    desk = Desk.of(_sent(request, object_type), object_type, vocabulary.fields_of(object))
    said = _step(request, desk)
    layouts.keep_draft(object, desk.arrangement(), by=by, base=whole(request.POST.get("base", "")) or 0)
    if request.headers.get("HX-Request"):
        return render(
            request, "records/settings/layout_desk.html", _page(request, object_type) | {"said": said}
        )
    if "preview" in request.POST:
        role = request.POST.get("role", "")
        address = reverse("records:setting_layout_preview", args=[object])
        return redirect(f"{address}?role={role}" if role.isascii() and role.isidentifier() else address)
    if said:
        messages.info(request, said)
    return redirect("records:setting_layout", object)


@require_POST
def apply_layout(request: HttpRequest, object: str) -> HttpResponse:
    """What was typed stays in the draft where the layout is refused."""
    by, object_type = with_power(request, "settings"), known_object(object)
    arrangement, base = _sent(request, object_type), whole(request.POST.get("base", "")) or 0
    try:
        layouts.apply_layout(object, arrangement.json(), by=by, version=base)
    except DomainError as error:
        if error.status not in {409, 412, 422}:
            raise
        layouts.keep_draft(object, arrangement, by=by, base=base)
        for sentence in [problem.message for problem in error.problems] or [error.message]:
            messages.error(request, str(sentence))
    else:
        telling.done(request, _("ページの配置を全員に適用しました。"), telling.written())
    return redirect("records:setting_layout", object)


@require_POST
def drop_layout_draft(request: HttpRequest, object: str) -> HttpResponse:
    by = with_power(request, "settings")
    known_object(object)
    layouts.drop_draft(object, by=by)
    messages.success(request, _("下書きを捨てました。"))
    return redirect("records:setting_layout", object)


@require_POST
def reset_layout(request: HttpRequest, object: str) -> HttpResponse:
    by = with_power(request, "settings")
    known_object(object)
    layouts.reset_layout(object, by=by)
    telling.done(request, _("ページの配置を初めの状態に戻しました。"), telling.written())
    return redirect("records:setting_layout", object)


@require_safe
def layout_preview(request: HttpRequest, object: str) -> HttpResponse:
    """The draft, where there is one, with the newest record that the administrator sees."""
    by, object_type = with_power(request, "settings"), known_object(object)
    viewer = viewer_at(request)
    record = object_type.model.objects.visible_to(viewer).order_by("-pk").first()
    if record is not None and object_type.about_person:
        reads.looked(object_type.event("opened"), by=by, object=object, record_id=record.pk)
    roles = list(Role.objects.all())
    role = next((each for each in roles if each.key == request.GET.get("role")), roles[0])
    draft = _draft(request, object)
    arrangement = _drafted(draft, object_type)
    seen = preview(object_type, arrangement, role, viewer, record)
    page = {
        "object_type": object_type, "roles": roles, "role": role, "record": record, "seen": seen, "draft": draft,
        "columns": [(column, *seen.columns[column]) for column in COLUMNS],
    }  # fmt: skip
    return render(request, "records/settings/layout_preview.html", page)


@dataclass(frozen=True)
class Column:
    """A column of the page as the desk shows it."""

    key: str
    name: str
    sections: list[tuple[Section, list[Any]]]
    panels: list[tuple[str, str]]
    takes_panels: bool


def _page(request: HttpRequest, object_type: ObjectType) -> dict[str, Any]:
    draft, row = _draft(request, object_type.key), Layout.objects.filter(object=object_type.key).first()
    arrangement, fields = _drafted(draft, object_type), vocabulary.fields_of(object_type.key)
    labels = {panel.key: str(panel.label) for panel in object_type.panels}
    columns = [
        Column(
            key, name,
            [(each, [fields[f] for f in each.fields]) for each in arrangement.sections if each.column == key],
            [(panel, labels[panel]) for panel, column in arrangement.panels if column == key],
            key in PANEL_COLUMNS,
        )
        for key, name in column_names().items()
    ]  # fmt: skip
    version = row.version if row else 0
    return {
        "objects": registry.every(), "object_type": object_type, "columns": columns, "draft": draft,
        "left_out": [fields[key] for key in arrangement.left_out], "base": version, "roles": Role.objects.all(),
        "own": bool(row and row.content), "overtaken": draft is not None and draft.base != version,
        "fixed": {k for k, field in fields.items() if not arranging.may_be_left_out(object_type, field)},
        "longest": LONGEST,
    }  # fmt: skip


def _draft(request: HttpRequest, object_key: str) -> LayoutDraft | None:
    return LayoutDraft.objects.filter(object=object_key, person_id=viewer_at(request).pk).first()


def _drafted(draft: LayoutDraft | None, object_type: ObjectType) -> Arrangement:
    """With the fields of today, whatever was added or retired since the draft was begun."""
    if draft is None:
        return vocabulary.layout_of(object_type.key)
    return arranging.completed(
        arranging.read(draft.content), object_type, vocabulary.fields_of(object_type.key)
    )


def _step(request: HttpRequest, desk: Desk) -> str:
    name = clean_text(request.POST.get("new", ""))[:LONGEST]
    if "add" in request.POST:
        if not name:
            return _("区分の名前を入力してください。")
        return desk.add(name) if len(desk.sections) < MOST_SECTIONS else _("これ以上は区分を増やせません。")
    return desk.take(request.POST.get("step", ""))


def _sent(request: HttpRequest, object_type: ObjectType) -> Arrangement:
    """The form as it was sent: the order of its items is the order on the page."""
    sections: dict[str, dict[str, Any]] = {}
    panels: list[tuple[str, str]] = []
    left_out: list[str] = []
    column, keys = COLUMNS[0], left_out
    for item in request.POST.getlist("item"):
        kind, _space, key = item.partition(" ")
        key = clean_text(key)[:LONGEST] if kind == "section" else key
        if kind == "column" and key in COLUMNS:
            column = key
        elif kind == "section" and key and key not in sections and len(sections) < MOST_SECTIONS:
            sections[key] = {"column": column, "fields": (keys := [])}
            sections[key] |= {
                name: clean_text(request.POST.get(f"{name}-{key}", ""))[:60] for name in ("label", "label_en")
            }
        elif kind == "out":
            keys = left_out
        elif kind == "field":
            keys.append(key)
        elif kind == "panel" and column in PANEL_COLUMNS:
            panels.append((key, column))
    found = Arrangement(
        tuple(Section(key, **{**each, "fields": tuple(each["fields"])}) for key, each in sections.items()),
        tuple(left_out), tuple(panels),
    )  # fmt: skip
    return arranging.completed(found, object_type, vocabulary.fields_of(object_type.key))
