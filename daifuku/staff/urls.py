"""The addresses of people, teams, roles and of what each person sets for himself."""

from django.urls import path

from daifuku.staff.views.setup import first_visit, setup

app_name = "staff"
urlpatterns = [
    path("first-visit/", first_visit, name="first_visit"),
    path("setup/<token>/", setup, name="setup"),
]
