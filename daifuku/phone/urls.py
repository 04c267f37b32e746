"""The addresses of the phone: its page, its worker, what it is told and what it hands in; the settings of wordings."""

from django.urls import path

from daifuku.phone.views import entering, shell, telling, wordings

app_name = "phone"
urlpatterns = [
    path("phone/", shell.home, name="home"),
    path("phone/worker.js", shell.worker, name="worker"),
    path("phone/manifest.webmanifest", shell.manifest, name="manifest"),
    path("phone/signed-in/", telling.signed_in, name="signed_in"),
    path("phone/data/", telling.data, name="data"),
    path("phone/find/", telling.find, name="find"),
    path("phone/talks/", entering.take_talk, name="take_talk"),
    path("phone/talks/<uuid:uid>/photos/", entering.take_photo, name="take_photo"),
    path("phone/tasks/<uuid:uid>/", entering.take_task, name="take_task"),
    path("settings/wordings/", wordings.wordings_page, name="wordings"),
]
