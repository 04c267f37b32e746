"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.forecast.views import files, page, settings, targets

app_name = "forecast"
urlpatterns = [
    path("forecast/", page.page, name="page"),
    path("forecast/file/", files.file, name="file"),
    path("forecast/targets/", targets.targets_page, name="targets"),
    path("settings/forecast/", settings.settings_page, name="settings"),
]
