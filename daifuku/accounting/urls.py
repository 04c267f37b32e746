"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.accounting.views import journal, papers

app_name = "accounting"
urlpatterns = [
    path("papers/", papers.papers_page, name="papers"),
    path("papers/file/", papers.papers_file, name="papers_file"),
    path("journal/", journal.journal_page, name="journal"),
    path("journal/file/", journal.journal_file, name="journal_file"),
    path("settings/accounting/", journal.settings_page, name="settings"),
    path("settings/accounting/close/", journal.close, name="close"),
]
