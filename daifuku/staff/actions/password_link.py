"""A link for a new password, for firms without a mail server: the administrator hands it over, and never sets one."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict
from daifuku.ledger import writing as ledger
from daifuku.staff.actions import rights
from daifuku.staff.credentials import end_sessions
from daifuku.staff.models import Person


def give_password_link(person: Person, *, by: Person) -> str:
    """Good for a day and until the password changes. The second factor is asked for all the same."""
    viewer = rights.need(by)
    rights.no_taking_over(viewer, person)
    if not person.is_active:
        raise Conflict(_("退職した人には発行できません。"), code="left")
    return _link(person, by=by)


def rescue(person: Person, *, without_second_factor: bool = False) -> str:
    """The same from the machine's own command line, for an administrator who has locked himself out."""
    with ledger.writing():
        if not person.is_active:
            raise Conflict(_("退職した人には発行できません。"), code="left")
        if without_second_factor and Authenticator.objects.filter(user=person).delete()[0]:
            end_sessions(person)
            about = [ledger.About("person", person.pk)]
            ledger.record("person.second_factor_reset", by=None, about=about)
        return _link(person, by=None)


def _link(person: Person, *, by: Person | None) -> str:
    with ledger.writing():
        ledger.record("person.link_given", by=by, about=[ledger.About("person", person.pk)])
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    return str(get_adapter().get_reset_password_from_key_url(key))
