"""Addresses of this room: what waits, whose turn it is, what was decided, what it changed; the settings."""

from __future__ import annotations

from django.urls import path

from daifuku.distribution.views import pages, settings, verbs

app_name = "distribution"
urlpatterns = [
    path("distribution/", pages.queue_page, name="queue"),
    path("distribution/why/", pages.why_page, name="why"),
    path("distribution/log/", pages.log_page, name="log"),
    path("distribution/effect/", pages.effect_page, name="effect"),
    path("leads/<uuid:uid>/distribute/", verbs.distribute_one, name="distribute"),
    path("settings/distribution/", settings.settings_page, name="settings"),
    path("settings/distribution/taker/", settings.taker_page, name="taker"),
    path("settings/distribution/trial/", settings.trial_page, name="trial"),
    path("settings/distribution/rules/new/", settings.rule_page, name="new_rule"),
    path("settings/distribution/rules/<uuid:uid>/", settings.rule_page, name="rule"),
    path("settings/distribution/rules/<uuid:uid>/remove/", settings.remove_rule_page, name="remove_rule"),
    path("settings/distribution/rules/<uuid:uid>/up/", settings.move_rule_page, name="move_rule"),
]
