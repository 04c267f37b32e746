"""The page on which minutes are written: one form, what was read out of it beside it."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.activities.models import Talk
from daifuku.foundation.errors import DomainError, FieldProblem, Invalid, NotFound
from daifuku.minutes.actions import drop_draft, rewrite, write
from daifuku.minutes.actions.drafting import draft_of, others_at
from daifuku.minutes.docx import text_of
from daifuku.minutes.found import Found, customer_of, found_in, found_in_text
from daifuku.minutes.models import Minutes, Template
from daifuku.minutes.reading import read
from daifuku.minutes.reading.together import together
from daifuku.minutes.slots import answers_in, slots_of, without_open
from daifuku.minutes.templates import newest, offered, written_by
from daifuku.minutes.views.asking import OPENED, customer_in, day_in
from daifuku.minutes.words import people_for, products_for
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import DateTime
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.forms import RecordForm
from daifuku.records.forms.merging import Merge, merge
from daifuku.records.once import new_word, once
from daifuku.records.scope import seen_by_uid
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.viewer import Viewer

ASKED = (
    "subject",
    "account",
    "contact",
    "lead",
    "deal",
    "internal",
    "method",
    "content",
    "started_at",
    "minutes",
    "owner",
    "text",
)
# What one looks at before writing; the others are folded away.
FIRST = ("account", "contact", "method", "content", "started_at")
WITH = ("account", "contact", "lead", "deal")
GIVEN = (*WITH, "method", "content", "started_at", "subject")


@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: HttpRequest) -> HttpResponse:
    """`?template=uid` begins with its headings, `?account=uid` and the like with the customer."""
    object_at(request, "talks", "create")
    viewer = viewer_at(request)
    if request.method != "POST":
        return _new_form(request, viewer)
    if "drop" in request.POST:
        drop_draft(by=viewer.person, talk=None)
        return redirect("minutes:new")
    form = _form(viewer, _sent(request))
    try:
        talk = _written(request, form)
    except DomainError as error:
        form.tell(error)
        return _page(request, form, 422, once=request.POST.get("once") or new_word())
    return redirect(talk)


@require_POST
def file_page(request: HttpRequest) -> HttpResponse:
    """The text of a Word or text file, in the form for new minutes; nothing is saved yet."""
    object_at(request, "talks", "create")
    viewer, file = viewer_at(request), request.FILES.get("file")
    try:
        if file is None:
            raise Invalid([FieldProblem("file", _("ファイルを選んでください。"), code="required")])
        text = text_of(file, file.size or 0)
    except Invalid as error:
        return _new_form(request, viewer, problem=error.message, status=422)
    return _new_form(request, viewer, text=text)


def _new_form(
    request: HttpRequest, viewer: Viewer, *, text: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    draft = draft_of(viewer.person, None) if not text else None
    template = _template(request.GET.get("template", ""))
    start: dict[str, Any] = {
        "owner": str(viewer.person.uid), "started_at": DateTime().form_value(timezone.now()), "text": text,
    }  # fmt: skip
    if template is not None:
        start |= {"method": template.method, "content": template.content, "text": newest(template).skeleton}
        start |= {"internal": "yes"} if template.internal else {}
    start |= {name: request.GET[name] for name in GIVEN if name in request.GET}
    if draft is not None and template is None and not set(GIVEN) & set(request.GET):
        start |= draft.values
    else:
        draft = None
    form = _form(viewer, None, start)
    told = {"draft": draft, "problem": problem, "template": template, "customer": _customer(request, viewer)}
    return _page(request, form, status, once=new_word(), **told)


def _customer(request: HttpRequest, viewer: Viewer) -> Any:
    """With whom, where the page was opened from his: the fields that say so are folded away."""
    return next(iter(customer_in(request.GET, viewer).values()), None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    _object_type, talk = record_at(request, "talks", uid, action="edit")
    viewer = viewer_at(request)
    if request.method != "POST":
        draft = draft_of(viewer.person, talk)
        start = draft.values if draft else {}
        form = _form(viewer, None, start, talk)
        opened = start.get(OPENED) or _form(viewer, None, {}, talk).opened()
        return _page(request, form, 200, talk=talk, draft=draft, opened=opened)
    if "drop" in request.POST:
        drop_draft(by=viewer.person, talk=talk)
        return redirect("minutes:edit", uid)
    form = _form(viewer, _sent(request), {}, talk)
    merged = _put_together(form, talk, request)
    opened = request.POST.get("opened", "")
    if merged.contested:
        told = {"contested": merged.contested, "own": merged.own, "opened": opened}
        return _page(request, form, 412, talk=talk, **told)
    try:
        saved = rewrite(talk, merged.changes, by=viewer.person, accepted=request.POST.getlist("accept"))
    except DomainError as error:
        form.tell(error)
        return _page(request, form, 422, talk=talk, opened=opened)
    telling.done(request, _("議事録を保存しました。"), telling.written(saved))
    return redirect("minutes:edit", saved.uid) if "stay" in request.POST else redirect(saved)


def _sent(request: HttpRequest) -> Any:
    """What was typed; on wish without the lines of the template's blanks that nobody filled in."""
    if "close" not in request.POST:
        return request.POST
    sent = request.POST.copy()
    edition = written_by(read(sent.get("text", ""), day_in(sent.get("started_at"))).sections)
    sent["text"] = without_open(sent.get("text", ""), slots_of(edition.headings if edition else ()))
    return sent


def _put_together(form: RecordForm, talk: Talk, request: HttpRequest) -> Merge:
    """Field by field as everywhere; of the text what each changed in another place is put together."""
    opened, chosen = request.POST.get("opened", ""), frozenset(request.POST.getlist("chosen"))
    merged = merge(form, talk, opened, chosen)
    for each in merged.contested:
        if each.field.key == "text" and (before := _opened_text(opened)) is not None:
            both = together(before, str(each.mine), talk.text)
            if both is not None:
                merged.contested.remove(each)
                merged.changes["text"] = both
                break
    return merged


def _opened_text(opened: str) -> str | None:
    try:
        found = json.loads(opened)
    except ValueError:
        return None
    text = found.get("text") if isinstance(found, dict) else None
    return text if isinstance(text, str) else None


def _form(viewer: Viewer, sent: Any, start: Any = None, talk: Talk | None = None) -> RecordForm:
    known = vocabulary.editable_for(viewer, "talk")
    typed = (sent if sent is not None else start or {}).get("internal")
    within = typed == "yes" if typed is not None else talk is not None and bool(talk.internal)
    asked = [known[key] for key in ASKED if key in known and not (within and key in WITH)]
    asked += [field for key, field in known.items() if field.required and key not in ASKED]
    form = RecordForm(registry.get("talk"), asked, viewer, record=talk, data=sent, initial=start)
    if "text" in form.fields:
        form.fields["text"].widget.attrs |= {"rows": 24, "data-minutes-target": "text"}
    return form


def _written(request: HttpRequest, form: RecordForm) -> Talk:
    viewer = viewer_at(request)

    def act() -> dict[str, str]:
        made = write(form.values(), by=viewer.person, accepted=request.POST.getlist("accept"))
        return {"uid": str(made.uid)}

    outcome, now = once(request.POST, act, by=viewer.person)
    talk: Talk | None = seen_by_uid(Talk, uuid.UUID(outcome["uid"]), viewer, trashed=True)
    if talk is None:
        raise NotFound
    if now:
        telling.done(request, _("議事録を取引履歴として記録しました。"), telling.written(talk))
    return talk


def _page(request: HttpRequest, form: RecordForm, status: int, **context: Any) -> HttpResponse:
    viewer, talk = viewer_at(request), context.get("talk")
    text = str(form["text"].value() or "") if "text" in form.fields else ""
    if talk is not None:
        found = found_in(talk, viewer, text)
        context["others"] = others_at(talk, viewer.person)
    else:
        found = found_in_text(
            text, day_in(form["started_at"].value()), customer_in(request.POST, viewer), viewer
        )
    chosen = set(request.POST.getlist("accept"))
    for chip in found.chips:
        chip.chosen = chip.finding.key in chosen
    headings = _headings(context.get("template"), talk, found)
    slots = slots_of(headings)
    page = {
        "form": form, "found": found, "refused": form.is_bound, "templates": offered() if talk is None else [],
        "hints": [each for each in headings if each.get("hint")], "slots": slots, "first": FIRST, **context,
    }  # fmt: skip
    # A lead or a deal is not hidden, nor is what is wrong.
    given = [name for name in ("lead", "deal") if name in form.fields and form[name].value()]
    page["rest_open"] = given or set(form.errors) - {*FIRST, "text", "__all__"}
    if slots:
        customer = customer_of(talk) if talk is not None else customer_in(request.POST, viewer)
        page |= {"people": people_for(customer, viewer), "goods": products_for(viewer)}
        answers = answers_in(found.sections, slots, day_in(form["started_at"].value()))
        page["open_slots"] = form.is_bound and any(each.is_open for each in answers)
    return render(request, "minutes/write.html", page, status=status)


def _template(raw: str) -> Template | None:
    wanted = as_uid(raw)
    return next((each for each in offered() if each.uid == wanted), None) if wanted else None


def _headings(template: Template | None, talk: Talk | None, found: Found) -> list[dict[str, Any]]:
    """Those by which this is written: of the chosen template, else of that whose headings stand there."""
    edition = newest(template) if template is not None else written_by(found.sections)
    if edition is None and talk is not None:
        row = Minutes.objects.filter(talk=talk).select_related("edition").first()
        edition = row.edition if row else None
    return list(edition.headings) if edition is not None else []
