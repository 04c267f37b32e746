"""The addresses of minutes: their list, the pages on which they are written, what is asked while somebody types."""

from __future__ import annotations

from django.urls import path

from daifuku.minutes.views import asking, listing, templates, writing

app_name = "minutes"
urlpatterns = [
    path("minutes/", listing.list_page, name="list"),
    path("minutes/new/", writing.new_page, name="new"),
    path("minutes/read/", asking.read_new, name="read_new"),
    path("minutes/file/", writing.file_page, name="file"),
    path("talks/<uuid:uid>/minutes/", writing.edit_page, name="edit"),
    path("talks/<uuid:uid>/minutes/read/", asking.read_again, name="read"),
    path("talks/<uuid:uid>/minutes/here/", asking.here, name="here"),
    path("talks/<uuid:uid>/minutes/print/", listing.print_page, name="print"),
    path("settings/minutes/", templates.templates_page, name="templates"),
    path("settings/minutes/new/", templates.new_page, name="new_template"),
    path("settings/minutes/<uuid:uid>/", templates.template_page, name="template"),
    path("settings/minutes/<uuid:uid>/apply/", templates.apply_proposal, name="apply"),
]
