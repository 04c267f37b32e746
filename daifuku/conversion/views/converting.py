"""取引の開始 from a lead's page: choose, look, begin. What was typed stays whatever is refused."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from daifuku.conversion import preview
from daifuku.conversion.actions import convert
from daifuku.conversion.actions.converting import already
from daifuku.conversion.alike import proposed
from daifuku.conversion.mapping.drafting import draft
from daifuku.conversion.mapping.rules import current
from daifuku.conversion.models import Conversion
from daifuku.conversion.models.setup import DoubleWay, setup
from daifuku.conversion.naming import deal_close, deal_name
from daifuku.conversion.views import choosing
from daifuku.conversion.wanted import NEW, settled, with_his_firm
from daifuku.conversion.who import need_converting
from daifuku.customers.models import Lead
from daifuku.foundation.errors import DomainError
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import PersonLink, RecordLink
from daifuku.records.forms import RecordForm
from daifuku.records.once import SentBefore, new_word, once
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at
from daifuku.staff.viewer import Viewer

TYPED = ("account", "contact", "deal")


@require_http_methods(["GET", "HEAD", "POST"])
def convert_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """A POST without `do` looks again with what is chosen; with it trading begins."""
    _object_type, lead = record_at(request, "leads", uid, action="edit")
    viewer = viewer_at(request)
    need_converting(viewer, setup())
    if request.method != "POST" and lead.converted_at is not None:
        messages.info(request, already(lead, viewer).message)
        return redirect(lead)
    page = Page(request, lead, viewer)
    if "do" not in request.POST:
        return page.shown()
    try:
        outcome, now = once(request.POST, page.begin, by=viewer.person)
    except SentBefore as before:
        outcome, now = before.outcome, False
    except DomainError as error:
        if error.code == "already_converted":
            messages.error(request, error.message)
            return redirect(lead)
        return page.refused(error)
    conversion = Conversion.objects.select_related("account", "contact", "deal", "event").get(
        uid=outcome["uid"]
    )
    if now:
        sentence = _("「%(name)s」の取引を開始しました。") % {"name": lead}
        telling.done(request, sentence, conversion.event)
    return redirect(_result(conversion, viewer) or lead)


def _result(conversion: Conversion, viewer: Viewer) -> Any:
    """The furthest of what was made that this person may see."""
    for key in ("deal", "account", "contact"):
        record = conversion.record(key)
        if record is not None and sees(viewer, record, "view"):
            return record
    return None


class Page:
    """What stands on it; made from what was sent, or as it opens."""

    def __init__(self, request: HttpRequest, lead: Lead, viewer: Viewer) -> None:
        self.request, self.lead, self.viewer = request, lead, viewer
        self.rules, self.book = setup(), current()
        self.every = draft(lead, self.book)
        self.proposed = proposed(lead, self.every, viewer)
        if request.method == "POST":
            self.chosen = choosing.read(request.POST, viewer)
        else:
            self.chosen = choosing.start(lead, self.proposed, self.rules, viewer)
        wanted = with_his_firm(self.chosen.wanted, viewer)
        self.wanted = settled(lead, wanted, self.rules, viewer, by=viewer.person)

    def begin(self) -> dict[str, str]:
        for problem in self.chosen.problems.values():
            raise problem
        sent = {key: self._sent_fields(key) for key in TYPED}
        typed = {key: self._form(key, fields).values() for key, fields in sent.items() if fields}
        wanted = replace(self.wanted, typed=typed)
        return {"uid": str(convert(self.lead, wanted, by=self.viewer.person).uid)}

    def refused(self, error: DomainError) -> HttpResponse:
        if error.field in choosing.OBJECTS:
            self.chosen.problems.setdefault(error.field, error)
            return self.shown(status=error.status)
        return self.shown(error, status=error.status)

    def shown(self, error: DomainError | None = None, status: int = 200) -> HttpResponse:
        self.draft = draft(self.lead, self.book, self.wanted.into)
        named = preview.problems_of(error.problems) if error else {}
        forms = {key: self._asked(key, named.get(key, set()), error) for key in TYPED}
        columns = preview.columns(self.draft, self.wanted, self.viewer)
        others = [p for p in error.problems if p.field.partition(".")[0] not in TYPED] if error else []
        context = {
            "lead": self.lead, "rules": self.rules, "columns": [(each, forms[each.key]) for each in columns],
            "lost": preview.lost(self.draft, self.viewer), "proposed": self.proposed, "chosen": self.chosen,
            "wanted": self.wanted, "picker": self._picker(), "once": self.request.POST.get("once") or new_word(),
            "following": preview.following(self.lead, self.rules, self.wanted), "book": self.book,
            "reason": self._reason(error),
            "error": error if error and not error.problems else None, "others": others, "wrong": bool(error),
            "may_deal": self.viewer.may("deal", "create"), "overs": self.wanted.over,
            "opens": preview.opens(self.lead, self.wanted),
        }  # fmt: skip
        part = self.request.headers.get("HX-Target") == "conversion"
        template = "conversion/parts/preview.html" if part else "conversion/convert.html"
        return render(self.request, template, context, status=status)

    def _reason(self, error: DomainError | None) -> dict[str, Any] | None:
        """Why there shall be two, where the firm wants to know; nothing where nobody needs to be asked."""
        wanted = self.wanted
        new = [key for key in choosing.OBJECTS if getattr(wanted, key) == NEW]
        beside = [key for key in new if not (key == "account" and wanted.parent is not None)]
        if self.rules.doubles != DoubleWay.REASON or not any(
            p.sure for key in beside for p in self.proposed[key]
        ):
            return None
        problems = error.problems if error else ()
        said = [problem.message for problem in problems if problem.field.endswith(".reason")]
        return {"value": wanted.reason, "errors": said}

    def _asked(self, key: str, named: set[str], error: DomainError | None) -> RecordForm | None:
        column = {"account": self.wanted.account, "contact": self.wanted.contact, "deal": "new"}[key]
        if key not in self.wanted.into or not isinstance(column, str):
            return None
        sent = {field.key for field in self._sent_fields(key)}
        form = self._form(key, preview.asked(key, self.draft, self.viewer, named | sent))
        if error is not None:
            for problem in error.problems:
                object_key, _dot, name = problem.field.partition(".")
                if object_key == key and name != "reason":
                    form.add_error(name if name in form.fields else None, problem.message)
        return form

    def _sent_fields(self, key: str) -> list[Field]:
        fields = vocabulary.editable_for(self.viewer, key)
        return [field for name, field in fields.items() if f"{key}-{name}" in self.request.POST]

    def _form(self, key: str, fields: list[Field]) -> RecordForm:
        sent = any(name.startswith(f"{key}-") for name in self.request.POST)
        start: dict[str, Any] = {}
        if key == "deal":
            today = timezone.localdate()
            start = {
                "name": deal_name(self.lead, self.rules, today),
                "close_on": deal_close(today, self.viewer).isoformat(),
            }
        mine = vocabulary.fields_for(self.viewer, "lead")
        pieces = self.every.pieces[key].items()
        known = {name: piece.value for name, piece in pieces if piece.source.key in mine}
        opened = {f.key: f.type.form_value(known[f.key]) for f in fields if f.key in known}
        data = self.request.POST if sent else None
        return RecordForm(
            registry.get(key), fields, self.viewer, data=data, initial={**opened, **start}, prefix=key,
            prefix_id=key,
        )  # fmt: skip

    def _picker(self) -> RecordForm:
        """To look for another account, another contact, and whose it will be."""
        fields = [
            Field("other_account", _("取引先を探す"), RecordLink("account")),
            Field("other_contact", _("担当者を探す"), RecordLink("contact")),
            Field("owner", _("営業担当"), PersonLink()),
        ]
        owner = str(self.wanted.owner.uid) if self.wanted.owner else ""
        start = {"owner": owner} | {
            f"other_{key}": self.request.POST.get(f"other_{key}", "") for key in choosing.OBJECTS
        }
        return RecordForm(registry.get("lead"), fields, self.viewer, initial=start, prefix_id="pick")
