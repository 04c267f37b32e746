"""The addresses of hand-overs: the list, arranging one, one of them, each customer with his sheet."""

from __future__ import annotations

from django.urls import path

from daifuku.handover.views import arranging, customers, notices, risk, sheets, showing

app_name = "handover"
urlpatterns = [
    path("handovers/", showing.list_page, name="list"),
    path("handovers/new/", arranging.new_page, name="new"),
    path("handovers/risk/", risk.risk_page, name="risk"),
    path("handovers/customers/<uuid:uid>/", customers.item_page, name="item"),
    path("handovers/customers/<uuid:uid>/note/", customers.note_page, name="note"),
    path("handovers/customers/<uuid:uid>/pdf/", sheets.item_pdf, name="item_pdf"),
    path("handovers/customers/<uuid:uid>/received/", customers.receive, name="receive"),
    path("handovers/<uuid:uid>/", showing.handover_page, name="handover"),
    path("handovers/<uuid:uid>/sheets/", sheets.sheets_page, name="sheets"),
    path("handovers/<uuid:uid>/progress/", showing.progress, name="progress"),
    path("handovers/<uuid:uid>/sheets/pdf/", sheets.sheets_pdf, name="pdf"),
    path("handovers/<uuid:uid>/sheets/all/", sheets.print_page, name="print"),
    path("handovers/papers/<uuid:uid>/", sheets.paper, name="paper"),
    path("handovers/<uuid:uid>/notice/", notices.notice_page, name="notice"),
    path("handovers/<uuid:uid>/notice/pdf/", notices.letters_pdf, name="letters"),
    path("handovers/<uuid:uid>/turn/", showing.turn, name="turn"),
]
