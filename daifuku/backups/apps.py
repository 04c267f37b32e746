"""Backups come to life: every night, when somebody asks, and a word to the administrators when there is none."""

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupsConfig(AppConfig):
    name = "daifuku.backups"
    label = "backups"
    verbose_name = "バックアップ"

    def ready(self) -> None:
        from daifuku.backups import duties, events
        from daifuku.backups.actions.making import MAKE
        from daifuku.foundation.menu import Entry, add
        from daifuku.jobs import handlers, schedule

        events.register()
        handlers.register(MAKE, duties.run)
        day = timedelta(days=1)
        schedule.register("backups.nightly", every=day, at=time(2, 45), run=duties.nightly)
        schedule.register("backups.watch", every=timedelta(hours=1), run=duties.watch, wanted=duties.is_late)
        add(
            Entry(
                "settings.system", _("バックアップ"), "backups:page", icon="backup", order=10, power="settings",
                help=_("最後のバックアップ、復旧キー、今すぐ保存"),
            )
        )  # fmt: skip
