"""Addresses of this room: やり残し, 入力率, what is decided about single entries, days off, the settings."""

from __future__ import annotations

from django.urls import path

from daifuku.duties.views import days_off, duty, leading, mine, rate, settings

app_name = "duties"
urlpatterns = [
    path("duties/", mine.mine_page, name="mine"),
    path("duties/count/", mine.count, name="count"),
    path("duties/rate/", rate.rate_page_, name="rate"),
    path("duties/items/", rate.items_page, name="items"),
    path("duties/pleas/", leading.pleas_page, name="pleas"),
    path("duties/whys/", leading.whys_page, name="whys"),
    path("duties/whys/<uuid:uid>/", leading.answer_page, name="answer"),
    path("duties/days-off/", days_off.days_off_page, name="days_off"),
    path("duties/days-off/<uuid:uid>/give-back/", days_off.give_back_page, name="give_back"),
    path("duties/<uuid:uid>/", duty.duty_page, name="duty"),
    path("duties/<uuid:uid>/snooze/", duty.snooze_page, name="snooze"),
    path("duties/<uuid:uid>/hand-on/", duty.hand_on_page, name="hand_on"),
    path("duties/<uuid:uid>/plead/", duty.plead_page, name="plead"),
    path("duties/<uuid:uid>/excuse/", duty.excuse_page, name="excuse"),
    path("duties/<uuid:uid>/decline/", duty.decline_page, name="decline"),
    path("settings/duties/", settings.settings_page, name="settings"),
]
