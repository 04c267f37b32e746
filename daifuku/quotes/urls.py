"""The addresses of quotes beyond those that every record has."""

from __future__ import annotations

from django.urls import path

from daifuku.quotes.views import approving, issuing, offered, products, sending, settings

app_name = "quotes"
urlpatterns = [
    path("quotes/products/", products.products, name="products"),
    path("quotes/<uuid:uid>/paper/", issuing.paper, name="paper"),
    path("quotes/<uuid:uid>/issue/", issuing.issue, name="issue"),
    path("quotes/<uuid:uid>/revise/", issuing.revise, name="revise"),
    path("quotes/<uuid:uid>/copy/", issuing.copy, name="copy"),
    path("quotes/<uuid:uid>/void/", issuing.void_page, name="void"),
    path("quotes/<uuid:uid>/ask/", approving.ask_page, name="ask"),
    path("quotes/<uuid:uid>/withdraw/", approving.withdraw, name="withdraw"),
    path("quotes/<uuid:uid>/approve/", approving.approve, name="approve"),
    path("quotes/<uuid:uid>/return/", approving.return_page, name="return"),
    path("quotes/<uuid:uid>/answer/", approving.answer_page, name="answer"),
    path("quotes/<uuid:uid>/send/", sending.send_page, name="send"),
    path("quotes/<uuid:uid>/link/", sending.link_page, name="link"),
    path("quotes/<uuid:uid>/links/<uuid:link>/revoke/", sending.revoke, name="revoke"),
    path("settings/quotes/", settings.settings_page, name="settings"),
    path("q/<str:token>/", offered.offered, name="offered"),
    path("q/<str:token>/paper/", offered.paper, name="offered_paper"),
]
