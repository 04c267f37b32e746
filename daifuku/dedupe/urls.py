"""Addresses of this room: the pairs, why two stay two, the scan, the settings."""

from __future__ import annotations

from django.urls import path

from daifuku.dedupe.views import apart, marks, pairs, settings

app_name = "dedupe"
urlpatterns = [
    path("duplicates/", pairs.pairs_page, name="pairs"),
    path("duplicates/scan/", pairs.scan, name="scan"),
    path("duplicates/decisions/", marks.marks_page, name="marks"),
    path("duplicates/decisions/import/", marks.bring_page, name="bring"),
    path("duplicates/decisions/file/", marks.export, {"what": "marks"}, name="export_marks"),
    path("duplicates/file/", marks.export, {"what": "pairs"}, name="export"),
    path(
        "duplicates/<slug:slug>/<uuid:uid>/<slug:other_slug>/<uuid:other>/apart/",
        apart.apart_page,
        name="apart",
    ),
    path(
        "duplicates/<slug:slug>/<uuid:uid>/<slug:other_slug>/<uuid:other>/rejoin/",
        apart.rejoin_page,
        name="rejoin",
    ),
    path("settings/duplicates/", settings.settings_page, name="settings"),
    path("settings/duplicates/weighing/", settings.weighing, name="weighing"),
]
