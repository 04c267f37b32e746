"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.billing.views import billing, sending, steps

app_name = "billing"
urlpatterns = [
    path("orders/<uuid:uid>/bill/", billing.bill_order, name="bill_order"),
    path("deliveries/<uuid:uid>/bill/", billing.bill_delivery, name="bill_delivery"),
    path("accounts/<uuid:uid>/bill/", billing.bill_account, name="bill_account"),
    path("invoices/<uuid:uid>/issue/", steps.issue_page, name="issue"),
    path("invoices/<uuid:uid>/correct/", steps.correct_page, name="correct"),
    path("invoices/<uuid:uid>/paper/", steps.paper_file, name="paper"),
    path("invoices/<uuid:uid>/send/", sending.send_page, name="send"),
    path("invoices/<uuid:uid>/links/<uuid:link>/revoke/", sending.revoke, name="revoke"),
    path("i/<str:token>/", sending.offered, name="offered"),
    path("i/<str:token>/paper/", sending.offered_paper, name="offered_paper"),
]
