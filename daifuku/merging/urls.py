"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from daifuku.merging.views import exporting, merging, showing

app_name = "merging"
urlpatterns: list[URLPattern] = [
    path("merges/", showing.list_page, name="list"),
    path("merges/file/", exporting.export, name="export"),
    path("merges/new/", merging.new, name="new"),
    path("merges/<uuid:uid>/", showing.merge_page, name="merge"),
    path("merges/<uuid:uid>/undo/", showing.undo, name="undo"),
    path("<slug:slug>/<uuid:uid>/same/<slug:other_slug>/<uuid:other>/", showing.same, name="same"),
    path("<slug:slug>/<uuid:uid>/unlink/<slug:other_slug>/<uuid:other>/", showing.unlink, name="unlink"),
]
