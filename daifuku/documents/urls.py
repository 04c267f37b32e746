"""Addresses of what all papers share."""

from __future__ import annotations

from django.urls import path

from daifuku.documents.views import copies, issuer

app_name = "documents"
urlpatterns = [
    path("settings/papers/", issuer.issuer_page, name="issuer"),
    path("settings/papers/seal/", issuer.seal, name="seal"),
    path("settings/papers/seal/change/", issuer.change_seal, name="change_seal"),
    path("papers/<slug:slug>/<uuid:uid>/<uuid:copy>/", copies.copy_file, name="copy"),
]
