"""Who may change people, teams and roles, and what must stay true whatever is changed.

Whoever has the power "staff" decides who sees which records. The other powers cannot be climbed to: nobody gives a
power that he has not got, and nobody takes over the sign-in of a person who has more of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import Viewer

ADMINISTRATOR = frozenset({"staff", "settings"})


def need(by: Person, power: str = "staff") -> Viewer:
    """The acting person's viewer, made anew so that a change of his rights counts at once."""
    viewer = Viewer(by)
    if not viewer.has_power(power):
        raise Forbidden
    return viewer


def need_power_or_self(by: Person, person: Person) -> Viewer:
    """One's own data are one's own; those of others need the power."""
    return Viewer(by) if by.pk == person.pk and by.is_active else need(by)


def powers_of(roles: Iterable[Role]) -> set[str]:
    return {power for role in roles for power in role.powers}


def no_climbing(viewer: Viewer, powers: Iterable[str]) -> None:
    if set(powers) - powers_of(viewer.roles):
        raise Forbidden(_("ご自身が持っていない権限は、ほかの人に与えることも取り上げることもできません。"))


def no_taking_over(viewer: Viewer, person: Person) -> None:
    """A new address or a link for a new password is as good as being that person."""
    if person.pk != viewer.pk and powers_of(person.roles.all()) - powers_of(viewer.roles):
        raise Forbidden(_("この人はあなたより強い権限を持っているため、ログイン方法を変更できません。"))


@contextmanager
def changing() -> Iterator[None]:
    """One transaction in which rights change; two who take each other's rights away wait for one another here."""
    with ledger.writing():
        list(Role.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        yield
        _keep_an_administrator()


def _keep_an_administrator() -> None:
    """The last one who may change roles and settings must not lock everybody out."""
    strong: dict[int, set[str]] = {}
    for role in Role.objects.all():
        if held := ADMINISTRATOR & set(role.powers):
            for person in role.people.working().values_list("pk", flat=True):
                strong.setdefault(person, set()).update(held)
    if not any(powers >= ADMINISTRATOR for powers in strong.values()):
        raise Conflict(
            _("システム管理者が一人もいなくなるため、変更できません。先に別の人を管理者にしてください。"),
            code="last_administrator",
        )
