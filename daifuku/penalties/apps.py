"""Penalties: what is registered when the program starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PenaltiesConfig(AppConfig):
    name = "daifuku.penalties"
    label = "penalties"
    verbose_name = "入力漏れの台帳"

    def ready(self) -> None:
        from daifuku.customers.demo import CHAPTERS
        from daifuku.duties import morning, tabs
        from daifuku.foundation import menu
        from daifuku.penalties import demo, erasing, events, noting, subscribers
        from daifuku.records.actions.erasing import also_erase

        CHAPTERS.update(penalties=demo.penalties)
        events.register()
        subscribers.subscribe()
        if erasing.forget_objections not in also_erase:
            also_erase.append(erasing.forget_objections)
        if noting.STEP not in morning.STEPS:
            morning.STEPS.append(noting.STEP)
        tabs.add(tabs.Tab("penalties", _("入力漏れの台帳"), "penalties:statement", 50, noting.in_use))
        menu.add(
            menu.Entry(
                "settings.people", _("入力漏れの台帳"), "penalties:terms", "book-open", 60, power="settings",
                help=_("入力漏れを点数や任意の積立として記帳するか、金額、法律で決まっている上限"),
            )
        )  # fmt: skip
