"""The addresses of the general pages; the kind of record is the first word of each."""

from django.urls import path

from daifuku.records.views.edit import edit_page, new_page
from daifuku.records.views.history import history
from daifuku.records.views.inline import inline
from daifuku.records.views.live import anything_new, news
from daifuku.records.views.record import record_page
from daifuku.records.views.searching import choose, search_page, suggest
from daifuku.records.views.trash import restore, trash, trash_page
from daifuku.records.views.undo import undo
from daifuku.records.views.why import why

before_objects = [
    path("live/", anything_new, name="live"),
    path("search/", search_page, name="search"),
    path("suggest/", suggest, name="suggest"),
    path("trash/", trash_page, name="trash_page"),
    path("why/", why, name="why"),
    path("events/<int:pk>/undo/", undo, name="undo"),
]
of_objects = [
    path("<slug:slug>/new/", new_page, name="new"),
    path("<slug:slug>/choose/", choose, name="choose"),
    path("<slug:slug>/<uuid:uid>/", record_page, name="record"),
    path("<slug:slug>/<uuid:uid>/news/", news, name="news"),
    path("<slug:slug>/<uuid:uid>/edit/", edit_page, name="edit"),
    path("<slug:slug>/<uuid:uid>/history/", history, name="history"),
    path("<slug:slug>/<uuid:uid>/trash/", trash, name="trash"),
    path("<slug:slug>/<uuid:uid>/restore/", restore, name="restore"),
    path("<slug:slug>/<uuid:uid>/field/<slug:key>/", inline, name="inline"),
]
