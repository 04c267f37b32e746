"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from daifuku.milestones.views import ahead, plans

app_name = "milestones"
urlpatterns = [
    path("milestones/ahead/", ahead.ahead_page, name="ahead"),
    path("milestones/<uuid:uid>/done/", ahead.done, name="done"),
    path("milestones/of/<slug:of>/<uuid:uid>/", ahead.lay, name="lay"),
    path("settings/milestones/", plans.plans_page, name="plans"),
    path("settings/milestones/new/", plans.plan_page, name="new_plan"),
    path("settings/milestones/<slug:key>/", plans.plan_page, name="plan"),
]
