"""Whoever gives a model a column that leads to a record has thought of what becomes of it in a merge."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import BigIntegerField, PositiveBigIntegerField

from daifuku.records.catalogue import registry
from daifuku.records.hanging.moving import once
from daifuku.records.hanging.places import Place, pairs, places_of
from daifuku.records.hanging.ways import REFUSE, said, way_of
from tests.house.hanging import LINKS, NUMBERS, ON_ANY, M, S

KINDS = ("account", "contact", "lead")


def links() -> list[Place]:
    found = {place.name: place for kind in KINDS for place in places_of(kind) if not place.kind_column}
    return [found[name] for name in sorted(found)]


def test_every_column_that_leads_to_a_customer_is_in_the_table() -> None:
    assert {place.name for place in links()} == set(LINKS)
    assert {place.name for place in pairs()} == set(ON_ANY)


def test_the_table_says_what_is_done() -> None:
    done = {place.name: M if way_of(place.name).moves else S for place in [*links(), *pairs()]}
    assert done == LINKS | ON_ANY


def test_nothing_is_said_of_what_is_not_there() -> None:
    every = {place.name for object_type in registry.every() for place in places_of(object_type.key)}
    assert set(said()) <= every


@pytest.mark.parametrize("place", [*links(), *pairs()], ids=lambda place: place.name)
def test_what_may_be_there_once_has_a_way_out(place: Place) -> None:
    """Two records with a row each would become one record with two."""
    written = {place.attname, place.kind_column} - {""}
    for names, _condition in once(place.model):
        if written & {place.model._meta.get_field(name).attname for name in names}:
            way = way_of(place.name)
            assert not way.moves or way.clash != REFUSE, f"{place.name}: say what becomes of the second row"


def test_every_number_that_looks_like_a_key_was_thought_of() -> None:
    found = {
        f"{model._meta.label}.{each.name}"
        for model in apps.get_models()
        if model.__module__.startswith("daifuku.")
        for each in model._meta.local_concrete_fields
        if isinstance(each, BigIntegerField | PositiveBigIntegerField) and not each.primary_key
        if each.name.endswith("_id") or each.name == "customer"
    }
    assert found - set(ON_ANY) == set(NUMBERS)
