"""Addresses that allauth has and this program does not use: signing oneself up, several addresses a person, and so on.

They are named before allauth's own, so that they answer 404; allauth goes on finding its names.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from daifuku.foundation.errors import NotFound


def closed(request: HttpRequest, **arguments: str) -> HttpResponse:
    raise NotFound


urlpatterns = [
    path("signup/", closed),
    path("inactive/", closed),
    path("email/", closed),
    path("confirm-email/", closed),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", closed),
    path("password/set/", closed),
    path("login/code/confirm/", closed),
    path("sessions/", closed),
]
