"""The administrator's pages of fields that are worked out: formulas and roll-ups, tried out before they are saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.foundation.errors import NotFound
from daifuku.records.actions import custom_fields
from daifuku.records.actions.retyping import count_values
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import COMPUTED, build
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.conditions import parse_leniently
from daifuku.records.forms import condition_form
from daifuku.records.forms.computed_form import ComputedForm, FormulaForm, RollupForm, pairs_for
from daifuku.records.formulas import filling, writing_down
from daifuku.records.formulas.functions import FUNCTIONS
from daifuku.records.formulas.plan import hops_of
from daifuku.records.formulas.rolling import Roll
from daifuku.records.formulas.sources import fit
from daifuku.records.formulas.writing_down import Unfit
from daifuku.records.models import CustomField
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer
from daifuku.staff.views.finding import with_power
from daifuku.staff.views.forms import told_in


@require_http_methods(["GET", "HEAD", "POST"])
def new_computed(request: HttpRequest, object: str, kind: str) -> HttpResponse:
    with_power(request, "settings")
    custom_fields.known_object(object)
    if kind not in COMPUTED:
        raise NotFound
    return computed_page(request, CustomField(object=object, type=kind))


def computed_page(request: HttpRequest, row: CustomField) -> HttpResponse:
    """The page of a formula or a roll-up, new or kept."""
    by, object_type = with_power(request, "settings"), registry.get(row.object)
    form = _form(request, row)
    if form is None:
        pairs = pairs_for(viewer_at(request), row.object)
        return render(
            request, "records/settings/rollup_from.html", {"object_type": object_type, "pairs": pairs}
        )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            if row.pk:
                custom_fields.edit_field(row, form.details(), by=by, version=form.cleaned_data["version"])
                sentence = _("項目「%(name)s」を保存しました。")
            else:
                row = custom_fields.add_field(row.object, row.type, by=by, **form.details())
                sentence = _("項目「%(name)s」を追加しました。")
            telling.done(request, sentence % {"name": form.cleaned_data["label"]}, telling.written())
            return redirect("records:setting_fields_of", row.object)
    page = {
        "form": form, "row": row, "object_type": object_type, "sections": vocabulary.sections_of(row.object),
        "kind": COMPUTED[row.type].label, "functions": FUNCTIONS.values(), **_more(request, form, row),
    }  # fmt: skip
    return render(request, "records/settings/computed.html", page, status=422 if form.errors else 200)


@require_POST
def try_computed(request: HttpRequest, object: str, kind: str) -> HttpResponse:
    """What would come of it for one record; writes nothing."""
    with_power(request, "settings")
    custom_fields.known_object(object)
    row = CustomField(object=object, type=kind)
    form = _form(request, row) if kind in COMPUTED else None
    if form is None:
        raise NotFound
    form.is_valid()
    record = _sample(object, form, viewer_at(request))
    page: dict[str, Any] = {"record": record, "object_type": registry.get(object)}
    try:
        page["value"] = _tried(row, form, record, viewer_at(request))
    except Unfit as error:
        page["problem"] = error.sentence
    return render(request, "records/settings/computed_preview.html", page)


def _form(request: HttpRequest, row: CustomField) -> ComputedForm | None:
    """None for a roll-up of which it is not yet said of what."""
    viewer, kept = viewer_at(request), row if row.pk else None
    data = request.POST if request.method == "POST" else None
    if row.type == "formula":
        return FormulaForm(data, object_key=row.object, viewer=viewer, row=kept)
    pair = (row.options.get("of"), row.options.get("link")) if kept else _asked(request, row.object)
    if pair is None:
        return None
    form = RollupForm(data, object_key=row.object, viewer=viewer, row=kept, pair=pair)
    if data is not None:
        form.condition = condition_form.read(request.POST)
    return form


def _asked(request: HttpRequest, object_key: str) -> tuple[str, str] | None:
    of, _dot, link = (request.POST.get("from") or request.GET.get("from", "")).partition(".")
    known = {(each, key) for each, key, _words in pairs_for(viewer_at(request), object_key)}
    return (of, link) if (of, link) in known else None


def _more(request: HttpRequest, form: ComputedForm, row: CustomField) -> dict[str, Any]:
    more: dict[str, Any] = {}
    if row.pk:
        computed = next(
            (each for each in vocabulary.plan().of(row.object) if each.field.key == row.key), None
        )
        more = {"count": count_values(row), "broken": computed is not None and computed.broken}
        more["missing"] = writing_down.missing(row) if row.type == "formula" else []
    if isinstance(form, RollupForm):
        of, link = form.pair
        if not registry.has(of):
            return more
        written = form.condition if request.method == "POST" else row.options.get("condition") or {}
        viewer = viewer_at(request)
        words = {(o, k): w for o, k, w in pairs_for(viewer, row.object)}.get((of, link), of)
        more |= {
            "of_type": registry.get(of), "from": f"{of}.{link}", "from_words": words,
            "editor": condition_form.editor(parse_leniently(written, of, viewer), viewer),
        }  # fmt: skip
    return more


def _sample(object_key: str, form: ComputedForm, viewer: Viewer) -> Any:
    rows = registry.get(object_key).model.objects.visible_to(viewer)
    uid = as_uid(form.cleaned_data.get("sample") or "")
    chosen = rows.filter(uid=uid).first() if uid else None
    return chosen or rows.order_by("pk").first()


def _tried(row: CustomField, form: ComputedForm, record: Any, viewer: Viewer) -> str:
    """In words; empty for a blank. Raises Unfit."""
    options = {name: form.cleaned_data.get(name) for name in form.fields} | (
        form.options() if isinstance(form, RollupForm) else {}
    )
    row.label = str(form.cleaned_data.get("label") or "")
    if row.type == "rollup":
        kept = writing_down.clean_roll(row, options)
        roll = Roll.read(row.object, kept)
        with override("ja"):
            value = roll.values([record.pk], filling.now_for()).get(record.pk) if record else None
    else:
        kept = writing_down.clean_formula(row, options)
        node, _kind = writing_down.understood(row.object, kept["formula"])
        _refuse_hidden(row.object, node, viewer)
        with override("ja"):
            value = filling.worked_out(node, record) if record else None
    kind = build(row.type, kept)
    fitting = fit(kind, value)
    return "" if kind.is_empty(fitting) else kind.display(fitting)


def _refuse_hidden(object_key: str, node: Any, viewer: Viewer) -> None:
    for hop in hops_of(writing_down.look_from(object_key), node):
        if not viewer.may(hop.object, "view") or hop.key not in vocabulary.fields_for(viewer, hop.object):
            raise Unfit("formula", _("見る権限のない項目を使っているため、試せません。"), "hidden")
