"""The machine's own command line lets a locked-out administrator in again, and the ledger knows."""

from __future__ import annotations

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from daifuku.ledger.models import Event
from daifuku.staff.models import Person
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NEW = "atarashii-aikotoba-3"


def rescue(*arguments: str) -> str:
    out = StringIO()
    call_command("rescue", *arguments, stdout=out)
    return out.getvalue().strip()


def test_the_printed_link_sets_a_new_password(cast: Cast) -> None:
    client, link = Client(), rescue("Mizuno@example.jp")
    form = client.get(link.removeprefix("http://localhost:8000"))["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=cast.mizuno.pk).check_password(NEW)
    line = Event.objects.get(kind="person.link_given")
    assert (line.actor, line.via) == (None, "command")


def test_a_lost_second_factor_goes_only_when_asked(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.mizuno, type="totp", data={"secret": "x"})
    rescue("mizuno@example.jp")
    assert Authenticator.objects.exists()
    rescue("mizuno@example.jp", "--without-second-factor")
    assert not Authenticator.objects.exists()
    assert Event.objects.filter(kind="person.second_factor_reset").exists()


def test_strangers_and_those_who_left_get_nothing(cast: Cast) -> None:
    Person.objects.filter(pk=cast.senda.pk).update(is_active=False)
    for email in ("nobody@example.jp", "senda@example.jp"):
        with pytest.raises(CommandError):
            rescue(email)
    assert not Event.objects.exists()
