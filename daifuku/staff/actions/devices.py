"""Devices are signed out from afar, and a lost second factor is taken off so that a new one can be set up."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, NotFound
from daifuku.ledger import writing as ledger
from daifuku.staff.actions import rights
from daifuku.staff.credentials import end, end_sessions
from daifuku.staff.devices import name_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def sign_out_device(device: UserSession, *, by: Person) -> None:
    """Ends the session at once; the device shows the sign-in page at its next click."""
    person = Person.objects.get(pk=device.user_id)
    if person.pk != by.pk and not Viewer(by).has_power("staff"):
        raise NotFound
    with ledger.writing():
        end([device.session_key])
        gone, _rows = UserSession.objects.filter(pk=device.pk).delete()
        if gone:
            _line(person, by=by, devices=1, name=name_of(device.user_agent))


def sign_out_everywhere(person: Person, *, but: str | None = None, by: Person) -> int:
    """Ends all sessions of the person, except the one with this key; returns how many."""
    rights.need_power_or_self(by, person)
    with ledger.writing():
        count = end_sessions(person, but=but)
        if count:
            _line(person, by=by, devices=count)
    return count


def reset_second_factor(person: Person, *, by: Person) -> None:
    """For somebody who lost his phone and his recovery codes; he signs in by password and sets a new one up."""
    viewer = rights.need(by)
    if person.pk == by.pk:
        raise Conflict(_("ご自身の二段階認証は「二段階認証」の画面で変更してください。"), code="self")
    rights.no_taking_over(viewer, person)
    with ledger.writing():
        removed, _rows = Authenticator.objects.filter(user=person).delete()
        if not removed:
            raise Conflict(_("この人は二段階認証を設定していません。"), code="nothing_to_reset")
        end_sessions(person)
        about = [ledger.About("person", person.pk)]
        ledger.record("person.second_factor_reset", by=by, about=about)


def _line(person: Person, *, by: Person, devices: int, name: str = "") -> None:
    data = {"devices": devices, "name": name} if name else {"devices": devices}
    ledger.record("device.signed_out", by=by, about=[ledger.About("person", person.pk)], data=data)
