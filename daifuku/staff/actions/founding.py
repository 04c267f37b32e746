"""A firm begins to use the program: its first person is administrator and president at once."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, Invalid
from daifuku.ledger import writing as ledger
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Company, Person
from daifuku.staff.shipped import install_roles

# What areas above bring for a new firm, in its transaction: `begin(person)` with its first person.
begin_with: list[Callable[[Person], None]] = []


def found_company(
    *, company_name: str, email: str, family_name: str, given_name: str = "", password: str
) -> Person:
    """Saves the firm and its first person. Raises Conflict once there is a firm."""
    values = cleaning.clean_all(
        {"company_name": company_name, "email": email, "family_name": family_name, "given_name": given_name},
        {
            "company_name": cleaning.text(120, required=True),
            "email": cleaning.free_email,
            "family_name": cleaning.text(40, required=True),
            "given_name": cleaning.text(40),
        },
    )
    name = values.pop("company_name")
    if problems := cleaning.password_problems(password, Person(**values)):
        raise Invalid(problems)
    with ledger.writing():
        if Company.objects.exists():
            raise Conflict(_("会社はすでに登録されています。ログインしてください。"), code="already_founded")
        # The key is fixed, so that of two who try at once the database refuses one.
        company = Company.objects.create(pk=1, name=name)
        roles = install_roles()
        person: Person = Person.objects.create_user(
            password=password, language=cleaning.spoken_language(), **values
        )
        person.roles.set([roles["administrator"], roles["president"]])
        about = [ledger.About("company", company.pk), ledger.About("person", person.pk, "related")]
        ledger.record("company.founded", by=person, about=about)
        for begin in begin_with:
            begin(person)
    return person
