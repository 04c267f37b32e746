"""Notices and mail: whom they hear and what they bring to the menu."""

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "daifuku.messages"
    label = "daifuku_messages"
    verbose_name = "連絡"

    def ready(self) -> None:
        from daifuku.foundation import menu
        from daifuku.jobs import handlers, schedule
        from daifuku.messages import endings, following, notices, outbox, subscribers

        subscribers.subscribe()
        following.subscribe()
        handlers.when_finished.append(endings.tell_the_end)
        day = timedelta(days=1)
        schedule.register(
            "messages.mail", every=timedelta(seconds=2), run=outbox.send_due, wanted=outbox.anything_due
        )
        schedule.register("messages.mail_clean", every=day, at=time(3, 50), run=outbox.clean)
        schedule.register("messages.notices_clean", every=day, at=time(3, 55), run=notices.clean)
        menu.add(
            menu.Entry("account", _("お知らせ"), "messages:notices", icon="bell", order=70),
            menu.Entry(
                "settings.system",
                _("メール"),
                "messages:mail",
                icon="mail",
                order=30,
                power="settings",
                help=_("送信箱の状態とテスト送信"),
            ),
        )
