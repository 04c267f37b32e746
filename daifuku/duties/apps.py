"""Duties: what is registered when the program starts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "daifuku.duties"
    label = "duties"
    verbose_name = "入力の約束"

    def ready(self) -> None:
        from daifuku.duties import events, kinds

        events.register()
        kinds.register(
            kinds.Kind("plan", _("予定の結果"), icon="calendar", order=10),
            kinds.Kind("talk", _("取引の記録"), icon="phone", order=20),
        )
