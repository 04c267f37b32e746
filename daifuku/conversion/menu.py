"""Where the settings of this room are found; and that a firm which does without leads finds none in the menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.conversion.models.setup import setup
from daifuku.foundation import menu
from daifuku.foundation.menu import Entry
from daifuku.records.catalogue import vocabulary

# (which vocabulary, whether the firm uses leads): asked anew when the vocabulary is another one.
_known: tuple[int, bool] = (-1, True)


def no_leads(entry: Entry) -> bool:
    """Settings stay: there it can be switched on again."""
    global _known
    if entry.object != "lead" or entry.place.startswith("settings"):
        return False
    number = vocabulary.number_at_hand()
    if _known[0] != number:
        _known = (number, setup().leads)
    return not _known[1]


def register() -> None:
    if no_leads not in menu.hidden:
        menu.hidden.append(no_leads)
    menu.add(
        menu.Entry(
            "settings.records", _("取引の開始"), "conversion:settings", "check", 22, power="settings",
            help=_("見込み客をいつ・だれが取引先にするか、商談の名前、何を引き継ぐか"),
        ),
        menu.Entry(
            "settings.records", _("見込み客の変換の関連付け"), "conversion:mapping", "sliders", 23, power="settings",
            help=_("見込み客の項目を、取引先・担当者・商談のどの項目に写すか"),
        ),
    )  # fmt: skip
