"""The addresses of the API, its document, its reference page, and of a person's tokens."""

from __future__ import annotations

from django.urls import URLResolver, path, re_path
from django.urls.resolvers import RoutePattern

from daifuku.api.door import door, nowhere
from daifuku.api.views import tokens_of_person
from daifuku.api.views.openapi import openapi
from daifuku.api.views.reference import reference
from daifuku.api.views.tokens import new_token, revoke, tokens


class Operations(URLResolver):
    """Loaded by the first request for one of them, or by whoever looks through all addresses.

    The worker, the preparation and the commands only name pages, so they start in half the time. The web processes
    load them before they are forked (`daifuku.server.web`).
    """

    def _populate(self) -> None:
        """No address is looked up here by its name."""


app_name = "api"
urlpatterns = [
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/new/", new_token, name="new_token"),
    path("account/tokens/<uuid:uid>/revoke/", revoke, name="revoke_token"),
    path("settings/people/tokens/<uuid:uid>/revoke/", tokens_of_person.revoke, name="revoke_token_of"),
    path("settings/people/<uuid:uid>/tokens/revoke/", tokens_of_person.revoke_all, name="revoke_tokens_of"),
    path("api/", reference, name="reference"),
    path("api/v1/openapi.json", door(openapi), name="openapi"),
    Operations(RoutePattern("api/v1/"), "daifuku.api.urls_of_operations", app_name="v1", namespace="v1"),
    re_path(r"^api/[\s\S]*$", door(nowhere), name="nowhere"),
]
