"""What is done with one invoice: issued, taken back, looked at as it is or will be printed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from daifuku.billing import actions, drawing, paper
from daifuku.billing.models import Invoice
from daifuku.documents import sealing
from daifuku.documents.views.copies import file_name, pdf_response
from daifuku.orders.views.asking import Question, ask
from daifuku.records.views import telling
from daifuku.records.views.finding import record_at, viewer_at

EITHER = ["GET", "HEAD", "POST"]


@require_http_methods(EITHER)
def issue_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    invoice: Invoice = record_at(request, "invoices", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    question = Question(
        _("「%(invoice)s」の発行") % {"invoice": invoice}, invoice, _("請求書を発行"),
        _("請求番号が付き、控えが保存されます。発行した請求書は変更できません。"),
        days={"issued_on": (_("発行日"), today)},
    )  # fmt: skip

    def act(sent: Any) -> Any:
        made = actions.issue(invoice, {"issued_on": sent.get("issued_on", "")}, by=by, today=today)
        telling.done(request, _("請求書 %(number)s を発行しました。") % {"number": made.number})
        return made

    return ask(request, question, act)


@require_http_methods(EITHER)
def correct_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    invoice: Invoice = record_at(request, "invoices", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    question = Question(
        _("「%(invoice)s」を訂正する") % {"invoice": invoice}, invoice, _("訂正の請求書を発行"),
        _(
            "元の請求書は変えず、全額を取り消す請求書（赤伝）を発行します。続けて、正しい請求書の下書きを作ります。"
        ),
        days={"issued_on": (_("発行日"), max(today, invoice.issued_on or today))}, texts={"reason": _("訂正の理由")},
    )  # fmt: skip

    def act(sent: Any) -> Any:
        made, draft = actions.correct(
            invoice, sent.get("reason", ""), by=by, today=today, issued_on=sent.get("issued_on", "")
        )
        said = {"number": made.number}
        telling.done(
            request,
            _("取り消しの請求書 %(number)s を発行しました。正しい内容に直して発行してください。") % said,
        )
        return draft or made

    return ask(request, question, act)


@require_safe
def paper_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The copy as it was issued; of a draft, how it would look today."""
    invoice: Invoice = record_at(request, "invoices", uid)[1]
    sealing.need_open(viewer_at(request), paper.KEY)
    view = "view" in request.GET
    copy = drawing.copy_of(invoice)
    if copy is not None:
        return pdf_response(sealing.content_of(copy), file_name(copy), view=view)
    draft = paper.composer(invoice, timezone.localdate())("")
    return pdf_response(sealing.draw(draft), f"{invoice.title}.pdf", view=view)
