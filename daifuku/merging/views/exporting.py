"""The merges as a file: what became one with what, who did it, whether it was taken back."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from daifuku.dedupe.files import TYPE, line, may_be_taken, may_export, written
from daifuku.foundation.attachment import attachment
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.merging.asking import KINDS
from daifuku.merging.models import Merge
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_of_kinds
from daifuku.records.views.finding import viewer_at
from daifuku.staff.viewer import Viewer

AT_ONCE = 200


@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    viewer = viewer_at(request)
    kinds = [key for key in KINDS if viewer.may(key, "view")]
    if not kinds:
        raise NotFound
    if not may_export(viewer, *kinds):
        raise Forbidden
    with ledger.writing():
        ledger.record("dedupe.exported", by=viewer.person, data={"what": "merges"})
    response = StreamingHttpResponse(_file(kinds, viewer), content_type=TYPE)
    named = f"{_('統合の記録')}_{timezone.localdate():%Y%m%d}.csv"
    return attachment(response, named)


def _file(kinds: list[str], viewer: Viewer) -> Iterator[bytes]:
    """A line for each record that went into another one; only those into what this person may take out."""
    yield line(
        [_("種類"), _("残した記録のID"), _("残した記録"), _("統合した記録のID"), _("統合した記録"), _("統合した人"),
         _("統合した日時"), _("元に戻した人"), _("元に戻した日時")],
        first=True,
    )  # fmt: skip
    rows = Merge.objects.filter(object__in=kinds).select_related("by", "undone_by").order_by("-pk")
    part = list(rows[:AT_ONCE])
    while part:
        seen = seen_of_kinds([(each.object, each.survivor_id) for each in part], viewer, trashed=True)
        for each in part:
            survivor = seen.get((each.object, each.survivor_id))
            if survivor is None or not may_be_taken(viewer, survivor):
                continue
            behind = [str(each.by), written(each.at), str(each.undone_by or ""), written(each.undone_at)]
            before = [str(registry.get(each.object).name), str(survivor.uid), str(survivor)]
            for _key, uid, name in each.sources:
                yield line([*before, uid, name, *behind])
        part = list(rows.filter(pk__lt=part[-1].pk)[:AT_ONCE])
