"""Work in the background: what it brings to the program when it starts."""

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "daifuku.jobs"
    label = "jobs"
    verbose_name = "仕事"

    def ready(self) -> None:
        from daifuku.foundation import menu
        from daifuku.foundation.sql import statistics, write_ahead_log
        from daifuku.jobs import lanes, queue, schedule

        schedule.register("jobs.clean", every=timedelta(days=1), at=time(3, 40), run=queue.clean)
        schedule.register("jobs.statistics", every=timedelta(days=1), at=time(3, 50), run=statistics.renew)
        lanes.register("log", write_ahead_log.Writer().turn, threads=1)
        menu.add(
            menu.Entry("account", _("自分の処理"), "jobs:list", icon="clock", order=80),
            menu.Entry(
                "settings.system",
                _("処理の状況"),
                "jobs:list",
                icon="clock",
                order=40,
                power="audit",
                help=_("取り込みや一括変更などの進み具合と結果"),
            ),
        )
