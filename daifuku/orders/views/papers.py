"""The 注文請書 before it is issued."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from daifuku.documents import sealing
from daifuku.documents.views.copies import pdf_response
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.papers import CONFIRMATION, confirmation
from daifuku.records.views.finding import record_at, viewer_at


@require_safe
def preview(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    order = record_at(request, "orders", uid)[1]
    sealing.need_open(viewer_at(request), CONFIRMATION)
    draft = confirmation(order, list(lines_of(order)), timezone.localdate(), None)(_("（見本）"))
    return pdf_response(sealing.draw(draft), f"{order.number}.pdf", view=True)
