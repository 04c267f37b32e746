"""Addresses of cards: in, the desk, one card, its picture."""

from __future__ import annotations

from django.urls import path

from daifuku.cards.views import bringing, card, checking, desk, inbox, mail, pictures, settings

app_name = "cards"
urlpatterns = [
    path("cards/", inbox.inbox_page, name="inbox"),
    path("cards/count/", inbox.count, name="count"),
    path("cards/next/", inbox.next_card, name="next"),
    path("cards/new/", bringing.new_page, name="new"),
    path("cards/add/", bringing.add, name="add"),
    path("cards/checks/", checking.checks, name="checks"),
    path("cards/figures/", checking.figures_page, name="figures"),
    path("cards/mail/", mail.mail_page, name="mail"),
    path("cards/mail/look/", mail.look_now, name="look_now"),
    path("cards/mail/<uuid:uid>/", mail.letter_page, name="letter"),
    path("cards/mail/<uuid:uid>/take/", mail.take_letter, name="take_letter"),
    path("settings/cards/", settings.settings_page, name="settings"),
    path("settings/cards/try/", settings.try_page, name="try_mailbox"),
    path("settings/cards/forget/", settings.forget, name="forget_mailbox"),
    path("cards/<uuid:uid>/", card.card_page, name="card"),
    path("cards/<uuid:uid>/change/", card.change, name="change"),
    path("cards/<uuid:uid>/desk/", desk.desk_page, name="desk"),
    path("cards/<uuid:uid>/take/", desk.take_card, name="take"),
    path("cards/<uuid:uid>/candidates/", desk.candidates, name="candidates"),
    path("cards/<uuid:uid>/check/", checking.check_page, name="check"),
    path("cards/<uuid:uid>/picture/", pictures.picture, name="picture"),
    path("cards/<uuid:uid>/thumb/", pictures.thumb, name="thumb"),
]
