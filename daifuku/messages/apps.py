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
        from daifuku.jobs import handlers, lanes, schedule
        from daifuku.messages import endings, events, field_requests, following, notices, outbox, subscribers
        from daifuku.messages.webhooks import keeping, lining_up, replaying, sending, stopping
        from daifuku.staff import asked_always, credentials

        events.register()
        subscribers.subscribe()
        following.subscribe()
        field_requests.subscribe()
        lining_up.subscribe()
        handlers.register(replaying.REPLAY, replaying.replay, cancellable=True)
        lanes.register("webhooks", sending.one_turn, threads=3)
        credentials.revoked_by(stopping.stop_those_of)
        handlers.when_finished.append(endings.tell_the_end)
        day = timedelta(days=1)
        schedule.register(
            "messages.mail", every=timedelta(seconds=2), run=outbox.send_due, wanted=outbox.anything_due
        )
        schedule.register("messages.mail_clean", every=day, at=time(3, 50), run=outbox.clean)
        schedule.register("messages.notices_clean", every=day, at=time(3, 55), run=notices.clean)
        schedule.register(
            "messages.field_reviews", every=day, at=time(7, 0), run=field_requests.remind_of_reviews,
            wanted=field_requests.anything_to_review,
        )  # fmt: skip
        schedule.register("messages.webhooks_clean", every=day, at=time(4, 0), run=keeping.clean)
        asked_always.add(lambda person: [notices.UNREAD.told(person)], of_frames=True)
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
            menu.Entry(
                "settings.system",
                _("Webhook"),
                "messages:webhooks",
                icon="send",
                order=35,
                power="settings",
                help=_("記録の変更を、ほかのシステムへすぐに知らせます"),
            ),
        )
