"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.billing.views import bank, billing, closing, payments, receivables, sending, steps, until_paid

app_name = "billing"
urlpatterns = [
    path("invoices/closing/", closing.closing_page, name="closing"),
    path("invoices/closing/preview/", closing.preview_page, name="closing_preview"),
    path("invoices/closing/<uuid:uid>/", closing.run_page, name="closing_run"),
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
    path("payments/receive/", payments.receive_page, name="receive"),
    path("payments/<uuid:uid>/set-off/", payments.set_off_page, name="set_off"),
    path("payments/<uuid:uid>/release/", payments.release, name="release"),
    path("payments/<uuid:uid>/cancel/", payments.cancel_page, name="cancel"),
    path("bank/", bank.bank_page, name="bank"),
    path("bank/take-in/", bank.take_in, name="bank_take_in"),
    path("bank/sure/", bank.book_sure, name="bank_book_sure"),
    path("bank/<int:line>/book/", bank.book, name="bank_book"),
    path("bank/<int:line>/aside/", bank.aside, name="bank_aside"),
    path("bank/<int:line>/take-up/", bank.take_up, name="bank_take_up"),
    path("receivables/", receivables.receivables_page, name="receivables"),
    path("receivables/<uuid:uid>/", receivables.statement_page, name="statement"),
    path("receivables/<uuid:uid>/pdf/", receivables.statement_pdf, name="statement_pdf"),
    path("receivables/<uuid:uid>/limit/", receivables.limit_page, name="limit"),
    path("until-paid/", until_paid.until_paid_page, name="until_paid"),
]
