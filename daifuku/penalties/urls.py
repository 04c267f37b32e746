"""Addresses of this room: the statement, its entries, what was agreed to and paid, the terms."""

from __future__ import annotations

from django.urls import path

from daifuku.penalties.views import entry, money, settings, statement

app_name = "penalties"
urlpatterns = [
    path("penalties/", statement.statement_page, name="statement"),
    path("penalties/statement.csv", statement.statement_file, name="file"),
    path("penalties/pay/", money.pay_page, name="pay"),
    path("penalties/payments/<uuid:uid>/cancel/", money.cancel_page, name="cancel_payment"),
    path("penalties/consent/", money.consent_page, name="consent"),
    path("penalties/<uuid:uid>/", entry.entry_page, name="entry"),
    path("penalties/<uuid:uid>/object/", entry.object_page, name="object"),
    path("penalties/<uuid:uid>/decide/", entry.decide_page, name="decide"),
    path("penalties/<uuid:uid>/waive/", entry.waive_page, name="waive"),
    path("settings/penalties/", settings.terms_page, name="terms"),
    path("settings/penalties/wages/", settings.wages_page, name="wages"),
    path("settings/penalties/wages/<uuid:uid>/", settings.wage_page, name="wage"),
]
