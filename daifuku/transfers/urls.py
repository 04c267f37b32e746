"""The addresses of import and export."""

from django.urls import path

from daifuku.transfers.views.columns import columns, preview
from daifuku.transfers.views.export import download, export
from daifuku.transfers.views.import_list import import_list
from daifuku.transfers.views.import_page import import_page, progress
from daifuku.transfers.views.new_notes import new_notes
from daifuku.transfers.views.note_record import note_record
from daifuku.transfers.views.notes import notes
from daifuku.transfers.views.rejected import rejected
from daifuku.transfers.views.resume import resume
from daifuku.transfers.views.split import split_page
from daifuku.transfers.views.start import start
from daifuku.transfers.views.undo import undo
from daifuku.transfers.views.upload import new

app_name = "transfers"
urlpatterns = [
    path("imports/", import_list, name="imports"),
    path("imports/new/", new, name="new"),
    path("imports/notes/new/", new_notes, name="new_notes"),
    path("imports/<uuid:uid>/", import_page, name="import"),
    path("imports/<uuid:uid>/columns/", columns, name="columns"),
    path("imports/<uuid:uid>/preview/", preview, name="preview"),
    path("imports/<uuid:uid>/notes/", notes, name="notes"),
    path("imports/<uuid:uid>/notes/record/", note_record, name="note_record"),
    path("imports/<uuid:uid>/split/", split_page, name="split"),
    path("imports/<uuid:uid>/start/", start, name="start"),
    path("imports/<uuid:uid>/resume/", resume, name="resume"),
    path("imports/<uuid:uid>/progress/", progress, name="progress"),
    path("imports/<uuid:uid>/rejected/", rejected, name="rejected"),
    path("imports/<uuid:uid>/undo/", undo, name="undo"),
    path("exports/<uuid:uid>/", download, name="exported"),
    path("<slug:slug>/export/", export, name="export"),
]
