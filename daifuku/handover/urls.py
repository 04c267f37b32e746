"""The addresses of hand-overs: the list, arranging one, one of them, each customer with his sheet."""

from __future__ import annotations

from django.urls import path

from daifuku.handover.views import arranging, customers, sheets, showing

app_name = "handover"
urlpatterns = [
    path("handovers/", showing.list_page, name="list"),
    path("handovers/new/", arranging.new_page, name="new"),
    path("handovers/customers/<uuid:uid>/", customers.item_page, name="item"),
    path("handovers/customers/<uuid:uid>/note/", customers.note_page, name="note"),
    path("handovers/customers/<uuid:uid>/received/", customers.receive, name="receive"),
    path("handovers/<uuid:uid>/", showing.handover_page, name="handover"),
    path("handovers/<uuid:uid>/sheets/", sheets.sheets_page, name="sheets"),
    path("handovers/<uuid:uid>/progress/", showing.progress, name="progress"),
    path("handovers/<uuid:uid>/turn/", showing.turn, name="turn"),
]
