"""Addresses of this room; it comes before the general ones."""

from __future__ import annotations

from django.urls import path

from daifuku.deals.views import carrying, moving, people, processes, watching

app_name = "deals"
urlpatterns = [
    path("deals/board/", moving.home, name="home"),
    path("settings/left-alone/", watching.watch_page, name="watch"),
    path("settings/processes/", processes.processes_page, name="processes"),
    path("settings/processes/<slug:key>/", processes.process_page, name="process"),
    path("settings/processes/<slug:key>/carry/", carrying.carry_page, name="carry"),
    path("settings/processes/<slug:key>/stages/new/", processes.stage_page, name="new_stage"),
    path("settings/processes/<slug:key>/stages/<slug:stage>/", processes.stage_page, name="stage"),
    path(
        "settings/processes/<slug:key>/stages/<slug:stage>/remove/",
        processes.remove_stage,
        name="remove_stage",
    ),
    path("deals/<uuid:uid>/stage/", moving.move_page, name="move"),
    path("deals/<uuid:uid>/people/", people.person_page, name="person"),
    path("deals/<uuid:uid>/people/<uuid:contact>/remove/", people.remove_person, name="remove_person"),
    path("deals/<uuid:uid>/rivals/", people.rival_page, name="rival"),
    path("deals/<uuid:uid>/rivals/<uuid:rival>/remove/", people.remove_rival, name="remove_rival"),
]
