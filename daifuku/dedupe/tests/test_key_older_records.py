"""Records from before a kind of key existed are found like all others, without anybody doing anything for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from daifuku.dedupe.actions import keying
from daifuku.dedupe.lookup import candidates
from daifuku.dedupe.models import setup
from daifuku.jobs import schedule
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.catalogue import registry
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NEW_KINDS = ("core", "firm sound", "domain", "site", "sound")
TYPED = {"name": "ｼｬﾁﾎｺ商事", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄一丁目2番3号"}


@pytest.fixture
def old(cast: Cast) -> Any:
    """A firm as it was saved before."""
    values = {"name": "株式会社シャチホコ商事 大阪支店", "city": "名古屋市中区", "street": "栄1-2-3"}
    record = actions.create("account", values, by=cast.aoyama)
    actions.create("contact", {"family_name": "林", "given_name": "健一"}, by=cast.aoyama)
    actions.create("lead", {"family_name": "森", "given_name": "洋子", "company": "青葉商事"}, by=cast.aoyama)
    DuplicateKey.objects.filter(kind__in=NEW_KINDS).delete()
    return record


def found(cast: Cast) -> list[Any]:
    return [each.record for each in candidates(registry.get("account"), TYPED, viewer_of(cast.aoyama))]


def kept() -> set[tuple[Any, ...]]:
    return set(DuplicateKey.objects.values_list("object", "record_id", "kind", "key"))


def test_the_background_gives_older_records_their_keys(cast: Cast, old: Any) -> None:
    assert found(cast) == []
    events = Event.objects.count()
    assert keying.missing()
    keying.key_on()
    assert found(cast) == [old]
    assert not keying.missing()
    assert {kind for _object, _record, kind, _key in kept()} >= {"core", "firm sound", "site", "sound"}
    assert Event.objects.count() == events


def test_it_goes_on_where_it_was_stopped(cast: Cast, old: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = None
    monkeypatch.setattr(keying, "PORTION", 1)
    for _call in range(20):
        keying.key_on(seconds=0.000_001)
        wanted = setup().keyed
        if not keying.missing():
            break
    assert wanted == {"version": keying.OF_TODAY}
    assert found(cast) == [old]


def test_the_schedule_does_it_once(cast: Cast, old: Any) -> None:
    entry = next(each for each in schedule.every_entry() if each.name == "dedupe.keys")
    assert entry.wanted is not None
    assert entry.wanted()
    entry.run()
    assert not entry.wanted()
    assert entry.after(timezone.now()) - timezone.now() < timedelta(minutes=1)


def test_the_command_makes_the_keys_anew(cast: Cast, old: Any) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    keying.key_on()
    before = kept()
    DuplicateKey.objects.all().delete()
    call_command("reindex")
    assert kept() == before
