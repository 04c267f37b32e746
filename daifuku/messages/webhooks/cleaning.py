"""What is typed about a webhook, brought into its stored form or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation import outgoing
from daifuku.foundation.outgoing import CallFailed
from daifuku.messages.models import Webhook
from daifuku.messages.webhooks import hearing, narrowing
from daifuku.records.catalogue import registry
from daifuku.staff.actions import cleaning
from daifuku.staff.viewer import Viewer


def clean(raw: Mapping[str, Any], viewer: Viewer, kept: Webhook | None = None) -> dict[str, Any]:
    """Raises Invalid with one problem per field. `objects` becomes the column `objects_heard`; a condition must fit the
    kind of record also where only one of the two is changed.
    """
    offered = [kind.key for kind in hearing.offered(viewer)]
    cleaners: dict[str, cleaning.Cleaner] = {
        "name": cleaning.text(60, required=True),
        "address": _address,
        "kinds": _some_of(offered, _("出来事を一覧から選び直してください。")),
        "objects": _some_of([each.key for each in registry.every()], _("記録の種類を選び直してください。")),
    }
    values = cleaning.clean_all({name: raw[name] for name in raw if name != "condition"}, cleaners)
    if "objects" in values:
        values["objects_heard"] = values.pop("objects")
    kept = kept or Webhook()
    objects = values.get("objects_heard", kept.objects_heard)
    if "condition" in raw or objects != kept.objects_heard:
        values["condition"] = narrowing.clean(raw.get("condition", kept.condition), objects, viewer)
    return values


def _address(raw: Any) -> str:
    address = str(raw or "").strip()
    if not address:
        raise ValueError(_("送り先のアドレスを入力してください。例: https://example.co.jp/hook"))
    try:
        outgoing.check_before(address)
    except CallFailed as failure:
        raise ValueError(failure.sentence) from failure
    return address


def _some_of(known: Iterable[str], refusal: str) -> Callable[[Any], list[str]]:
    """In the order in which they are offered, each once."""
    known = list(known)

    def cleaned(raw: Any) -> list[str]:
        if not isinstance(raw, list) or set(map(str, raw)) - set(known):
            raise ValueError(refusal)
        return [key for key in known if key in raw]

    return cleaned
