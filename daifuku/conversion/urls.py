"""Addresses of this room: beginning and its way back, many at once, the settings and the mapping."""

from __future__ import annotations

from django.urls import path

from daifuku.conversion.views import converting, from_list, mapping, settings, taking_back

app_name = "conversion"
urlpatterns = [
    path("leads/<uuid:uid>/convert/", converting.convert_page, name="convert"),
    path("leads/<uuid:uid>/convert/undo/", taking_back.take_back_page, name="take_back"),
    path("leads/<uuid:uid>/reopen/", taking_back.reopen_page, name="reopen"),
    path("conversion/results/<int:number>/", from_list.results_page, name="results"),
    path("settings/conversion/", settings.settings_page, name="settings"),
    path("settings/conversion/mapping/", mapping.mapping_page, name="mapping"),
    path("settings/conversion/mapping/broken/", mapping.broken_page, name="drop_broken"),
    path("settings/conversion/mapping/version/<int:number>/", mapping.version_page, name="version"),
    path("settings/conversion/mapping/<slug:key>/", mapping.field_page, name="field"),
]
