"""The addresses of backups."""

from django.urls import path

from daifuku.backups.views.page import make, make_key, page

app_name = "backups"
urlpatterns = [
    path("settings/backups/", page, name="page"),
    path("settings/backups/make/", make, name="make"),
    path("settings/backups/key/", make_key, name="make_key"),
]
