"""Nothing is read before somebody has said who looks, and the two spellings of the rule agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.records.models import Share, UnscopedRead
from daifuku.records.scope import seen_by_keys, sees
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.testing import Cast

READS: list[Callable[[], object]] = [
    lambda: list(Account.objects.all()),
    lambda: Account.objects.count(),
    lambda: Account.objects.filter(name="x").exists(),
    lambda: Account.objects.first(),
    lambda: Account.objects.filter(pk=1).update(name="x"),
    lambda: Account.objects.filter(pk=1).delete(),
    lambda: Account.objects.values_list("pk").iterator().__next__(),
    lambda: list(Person.objects.filter(pk__in=Account.objects.values("owner"))),
]


@pytest.mark.django_db
@pytest.mark.parametrize("read", READS)
def test_a_read_that_names_no_viewer_is_refused(read: Callable[[], object]) -> None:
    with pytest.raises(UnscopedRead):
        read()


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["none", "own", "team", "tree", "all"])
@pytest.mark.parametrize("action", ["view", "edit", "delete", "export"])
def test_the_query_and_the_check_in_memory_agree(cast: Cast, scope: str, action: str) -> None:
    people = [cast.aoyama, cast.baba, cast.osaki, cast.senda]
    for owner in people:
        for privacy in ("", "team", "private"):
            actions.create(
                "account",
                {"name": f"{owner.family_name}{privacy}", "owner": owner, "privacy": privacy},
                by=owner,
            )
    lent = Account.plain.get(name="千田private")
    Share.objects.create(object="account", record_id=lent.pk, person=cast.aoyama)
    Share.objects.create(
        object="account", record_id=Account.plain.get(name="千田").pk, team=cast.sales, may_edit=True
    )
    Role.objects.update(grants={"*": {action: scope}})
    for person in [*people, cast.eguchi]:
        viewer = Viewer(Person.objects.get(pk=person.pk))
        asked = set(Account.objects.visible_to(viewer, action=action).values_list("name", flat=True))
        remembered = {account.name for account in Account.plain.all() if sees(viewer, account, action)}
        assert asked == remembered, (person, scope, action)


@pytest.mark.django_db
def test_a_private_account_is_seen_by_its_owner_alone(cast: Cast) -> None:
    actions.create("account", {"name": "社長の友人", "privacy": "private"}, by=cast.aoyama)
    assert Account.objects.visible_to(cast.aoyama).count() == 1
    assert Account.objects.visible_to(cast.mori).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 40])
def test_records_fetched_by_their_keys_pass_the_same_door(cast: Cast, number: int) -> None:
    """By a query that is ready, and by a new one where there are many."""
    own = [actions.create("account", {"name": f"自社{n}"}, by=cast.aoyama) for n in range(number)]
    hidden = actions.create("account", {"name": "非公開", "privacy": "private"}, by=cast.baba)
    thrown = actions.create("account", {"name": "捨てた"}, by=cast.aoyama)
    actions.trash(thrown, by=cast.aoyama)
    keys = [account.pk for account in [*own, hidden, thrown]]
    viewer = Viewer(cast.aoyama)
    assert list(seen_by_keys(Account, keys, viewer)) == [account.pk for account in own]
    assert set(seen_by_keys(Account, keys, viewer, trashed=True)) == {*keys} - {hidden.pk}
    assert seen_by_keys(Account, [], viewer) == {}
