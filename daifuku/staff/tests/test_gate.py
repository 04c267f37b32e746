"""Every address of the program asks for a sign-in, except those that the gate names."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from daifuku.ledger.models import Event
from daifuku.staff.gate import BEFORE_THE_SECOND_FACTOR, PUBLIC
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
SAMPLES = {"int": "1", "uuid": str(uuid.UUID(int=1)), "slug": "accounts", "str": "x", "path": "x"}


def table(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """(name, an address) of everything that the program answers."""
    for part in resolver.url_patterns:
        route = str(part.pattern)
        if isinstance(part.pattern, RoutePattern):
            for name, converter in part.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
                route = route.replace(f"<{kind}:{name}>", SAMPLES[kind]).replace(f"<{name}>", "x")
        elif "confirm-email" in route:
            route = "confirm-email/x/"
        elif "reset/key" in route:
            route = "password/reset/key/x-y/"
        if isinstance(part, URLResolver):
            yield from table(part, before + route, part.namespace or space)
        elif isinstance(part, URLPattern):
            yield (f"{space}:{part.name}" if space else str(part.name)), f"/{before}{route}"


def test_nobody_passes_who_is_not_named(cast: Cast) -> None:
    addresses = list(table(get_resolver()))
    assert len(addresses) > 60
    for name, address in addresses:
        if name in PUBLIC or address.startswith("/api/"):
            continue
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address)
            assert answer.status_code == 302, (method, address)
            assert answer["Location"].startswith("/login/"), (method, address)
    assert not Event.objects.exists()


def test_every_name_at_the_gate_is_an_address(cast: Cast) -> None:
    names = {name for name, _address in table(get_resolver())}
    assert PUBLIC - names == set()
    assert BEFORE_THE_SECOND_FACTOR - names == set()
