"""The addresses of the API, its document, its reference page, and of a person's tokens."""

from django.urls import include, path, re_path

from daifuku.api.assembly import patterns
from daifuku.api.door import door, nowhere
from daifuku.api.views import tokens_of_person
from daifuku.api.views.openapi import openapi
from daifuku.api.views.reference import reference
from daifuku.api.views.tokens import new_token, revoke, tokens

app_name = "api"
urlpatterns = [
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/new/", new_token, name="new_token"),
    path("account/tokens/<uuid:uid>/revoke/", revoke, name="revoke_token"),
    path("settings/people/tokens/<uuid:uid>/revoke/", tokens_of_person.revoke, name="revoke_token_of"),
    path("settings/people/<uuid:uid>/tokens/revoke/", tokens_of_person.revoke_all, name="revoke_tokens_of"),
    path("api/", reference, name="reference"),
    path("api/v1/openapi.json", door(openapi), name="openapi"),
    path("api/v1/", include((list(patterns()), "v1"))),
    re_path(r"^api/[\s\S]*$", door(nowhere), name="nowhere"),
]
