"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.orders.views import entering, ledger, papers, turning

app_name = "orders"
urlpatterns = [
    path("orders/ledger/", ledger.ledger_page, name="ledger"),
    path("orders/enter/", entering.enter_page, name="enter"),
    path("orders/<uuid:uid>/lines/", entering.lines_page, name="lines"),
    path("orders/<uuid:uid>/confirm/", turning.confirm, name="confirm"),
    path("orders/<uuid:uid>/preview/", papers.preview, name="preview"),
    path("orders/<uuid:uid>/cancel/", turning.cancel_page, name="cancel"),
    path("orders/<uuid:uid>/deliver/", turning.deliver_page, name="deliver"),
    path("orders/<uuid:uid>/buy/", turning.buy_page, name="buy"),
    path("deliveries/<uuid:uid>/take-back/", turning.take_back_page, name="take_back"),
    path("purchases/<uuid:uid>/arrive/", turning.arrive_page, name="arrive"),
    path("purchases/<uuid:uid>/cancel/", turning.cancel_purchase_page, name="cancel_purchase"),
]
