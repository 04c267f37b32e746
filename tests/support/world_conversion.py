"""What there is of beginning to trade: fields of leads, versions of the mapping, a run over many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.world import NO_NUMBER, Place

if TYPE_CHECKING:
    from tests.support.world import World


def conversion(world: World) -> None:
    from daifuku.ledger import writing as ledger

    with ledger.writing():
        run = ledger.record("lead.bulk_converted", by=world.cast.aoyama, data={"title": "0件の取引の開始"})
    world.records["converted many"] = run
    world.places["converted many"] = Place({"number": run.pk}, {"number": NO_NUMBER})
    world.places["mapping"] = Place({"number": 1}, {"number": NO_NUMBER})
    world.places["lead field"] = Place({"key": "title"}, {"key": "nothing"})
