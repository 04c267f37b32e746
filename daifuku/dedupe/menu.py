"""Where doubles are found in the program: above the lists of customers, and in the settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.customers.objects.lead import LEAD
from daifuku.foundation import menu


def register() -> None:
    for object_type in (ACCOUNT, CONTACT, LEAD):
        entry = menu.Entry(
            "main", _("名寄せ"), "dedupe:pairs", "people", 50, object=object_type.key, action="edit"
        )
        if not any(tool.url == entry.url for tool in object_type.tools):
            object_type.tools.append(entry)
    menu.add(
        menu.Entry(
            "settings.records", _("名寄せ"), "dedupe:settings", "people", 59, power="settings",
            help=_("重複の見つけ方、確実・候補とみなす点数、比べない項目"),
        )
    )  # fmt: skip
