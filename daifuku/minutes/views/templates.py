"""The administrator's pages of templates: headings, what people write under them, what could be changed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from daifuku.foundation.errors import DomainError, Forbidden, NotFound
from daifuku.minutes import actions
from daifuku.minutes.actions import change_template
from daifuku.minutes.actions.changing import PLAIN
from daifuku.minutes.headings import as_lines, headings_of
from daifuku.minutes.models import Template
from daifuku.minutes.statistics import statistics_of
from daifuku.minutes.templates import all_templates, newest
from daifuku.records.catalogue import vocabulary
from daifuku.records.views import telling
from daifuku.records.views.finding import viewer_at
from daifuku.staff.views.forms import Quiet


class TemplateForm(Quiet):
    name = forms.CharField(label=gettext_lazy("名前"), required=False)
    method = forms.ChoiceField(label=gettext_lazy("対応方法"), required=False)
    content = forms.ChoiceField(label=gettext_lazy("対応内容"), required=False)
    headings = forms.CharField(
        label=gettext_lazy("見出し"), required=False, widget=forms.Textarea({"rows": 16}),
        help_text=gettext_lazy(
            "1行に1つずつ書きます。「課題 | お困りのこと」のように、| のあとに説明を付けられます。見出しの下に"
            "「・予算（数字）」のように書くと、空欄になります。種類は、文字・数字・日付・商品・人と、"
            "（選択: 小、中、大）です。"
        ),
    )  # fmt: skip
    internal = forms.BooleanField(label=gettext_lazy("社内の会議に使う（お客様なし）"), required=False)
    retired = forms.BooleanField(label=gettext_lazy("使わなくする"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        fields = vocabulary.fields_of("talk")
        for name in ("method", "content"):
            offered = fields[name].type.offered()  # type: ignore[attr-defined]
            self.fields[name].choices = [(each.key, each.name) for each in offered]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        self.is_valid()
        told = {name: self.data.get(name, "") for name in ("name", "method", "content")}
        lines = headings_of(self.data.get("headings", ""))
        return {
            **told,
            "headings": lines,
            **{name: bool(self.data.get(name)) for name in ("internal", "retired")},
        }


@require_safe
def templates_page(request: HttpRequest) -> HttpResponse:
    _need_settings(request)
    rows = [(template, newest(template)) for template in all_templates()]
    return render(request, "minutes/templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    _need_settings(request)
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def template_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _form_page(request, _template(request, uid))


@require_POST
def apply_proposal(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One press: the next edition; for a field, the field as well."""
    template, sent = _template(request, uid), request.POST
    by = viewer_at(request).person
    try:
        actions.apply_proposal(template, sent.get("kind", ""), sent.get("name", ""), by=by)
    except DomainError as error:
        if error.status not in {409, 412, 422}:
            raise
        messages.error(request, " ".join(str(each.message) for each in error.problems) or error.message)
    else:
        sentence = _("ひな形の次の版を作りました。前の議事録は、そのままです。")
        telling.done(request, sentence, telling.written())
    return redirect("minutes:template", uid)


def _form_page(request: HttpRequest, template: Template | None) -> HttpResponse:
    sent, problem = request.POST if request.method == "POST" else None, ""
    form = TemplateForm(sent, initial=_opened(template))
    if sent is not None:
        version = sent.get("version", "")
        try:
            saved = change_template(
                template, form.values(), by=viewer_at(request).person,
                version=int(version) if version.isdecimal() and len(version) < 10 else None,
            )  # fmt: skip
        except DomainError as error:
            if error.status not in {412, 422}:
                raise
            problem = error.message
            for each in error.problems:
                form.add_error(each.field if each.field in form.fields else None, str(each.message))
        else:
            telling.done(request, _("「%(name)s」を保存しました。") % {"name": saved}, telling.written())
            return redirect(saved)
    page: dict[str, Any] = {"form": form, "template": template, "problem": problem}
    if template is not None:
        page["told"] = statistics_of(template.edition)
    return render(request, "minutes/template.html", page, status=422 if problem else 200)


def _opened(template: Template | None) -> dict[str, Any]:
    if template is None:
        return {"method": "visit", "content": "other"}
    told = {name: getattr(template, name) for name in PLAIN}
    return {**told, "headings": as_lines(template.edition.headings)}


def _template(request: HttpRequest, uid: uuid.UUID) -> Template:
    found: Template | None = Template.objects.filter(uid=uid).first()
    if found is None or not viewer_at(request).has_power("settings"):
        raise NotFound
    return found


def _need_settings(request: HttpRequest) -> None:
    if not viewer_at(request).has_power("settings"):
        raise Forbidden
