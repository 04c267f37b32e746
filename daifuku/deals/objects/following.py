"""What follows from a saved deal in the same transaction."""

from __future__ import annotations

from daifuku.deals.models import Deal
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.undoing import taking_back
from daifuku.staff.models import Person


def forget_note(saved: Saved, by: Person) -> None:
    """What was said with the move stands in its line; the next move asks anew."""
    told = [deal.pk for deal, changed in saved if "stage_note" in changed and deal.stage_note]
    if told:
        Deal.plain.filter(pk__in=told).update(stage_note="")


def since_before(saved: Saved, by: Person) -> None:
    """A move that is taken back leaves the deal in its stage since when it came there first."""
    if not taking_back():
        return
    for deal, changed in saved:
        if "stage" in changed and (line := came_into(deal)) is not None:
            deal.stage_since = line.at
            names = ["stage_since"]
            if deal.state != "open" and "closed_on" not in changed:
                deal.closed_on = line.at.date()
                names.append("closed_on")
            deal.save(update_fields=names)


def came_into(deal: Deal) -> Event | None:
    """The last line by which it came into the stage where it is, and which still counts."""
    lines = Event.objects.filter(
        subjects__object="deal", subjects__record_id=deal.pk, subjects__role=Subject.MAIN,
        undoes__isnull=True, undone_by__isnull=True,
    )  # fmt: skip
    for line in lines.order_by("-id")[:200]:
        if line.changes.get("stage", [None, None])[1] == deal.stage:
            return line
    return None
