"""The demo: people of every role, invented firms, two years of ledger, always the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command

from daifuku.customers import demo
from daifuku.customers.demo import customers, house, leads
from daifuku.customers.demo.firms import invent_firms
from daifuku.customers.models import Account, Affiliation, Contact, Lead
from daifuku.ledger import sealing
from daifuku.ledger.models import Event
from daifuku.staff.models import Person, Role

TODAY = date(2026, 11, 25)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 24)
    monkeypatch.setattr(leads, "LEADS", 12)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small")
def test_the_demo_has_everybody_and_two_years_of_history(capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.load(TODAY)
    used = {role.key for person in Person.objects.all() for role in person.roles.all()}
    assert used == set(Role.objects.values_list("key", flat=True))
    assert check_password(house.PASSWORD, Person.objects.get(email="katsumi@example.jp").password)
    days = [event.at.date() for event in Event.objects.order_by("pk")]
    assert days == sorted(days)
    assert days[0] < TODAY - timedelta(days=720)
    assert TODAY - timedelta(days=40) < days[-1] <= TODAY
    assert Account.plain.filter(parent__parent__isnull=False).exists()
    assert Affiliation.objects.filter(main=True).count() == Contact.plain.count()
    assert Lead.plain.filter(owner__isnull=True).exists()
    assert sealing.seal() == Event.objects.count()
    assert sealing.verify() == []
    assert not demo.load(TODAY)
    call_command("demo")
    said = capsys.readouterr().out
    assert house.PASSWORD in said
    assert all(member.email in said for member in house.MEMBERS)


def test_the_same_seed_gives_the_same_firms_and_all_names_differ() -> None:
    one, two = (list(invent_firms(Random("x"), 300)) for _ in range(2))  # noqa: S311
    assert one == two
    assert len({firm.offices[0].values["name"] for firm in one}) == 300


@pytest.mark.slow
@pytest.mark.django_db
def test_the_whole_demo() -> None:
    assert demo.load(TODAY)
    assert Account.plain.filter(parent__isnull=True).count() >= 300
    assert Contact.plain.count() > 800
    assert Lead.plain.count() == 200
