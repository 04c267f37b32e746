"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.passing.views import listing, settings, verbs

app_name = "passing"
urlpatterns = [
    path("passing/", listing.list_page, name="list"),
    path("passing/report/", listing.report_page, name="report"),
    path("leads/<uuid:uid>/pass/", verbs.pass_page, name="pass"),
    path("passing/<uuid:uid>/accept/", verbs.accept_one, name="accept"),
    path("passing/<uuid:uid>/return/", verbs.return_page, name="return"),
    path("settings/passing/", settings.settings_page, name="settings"),
]
