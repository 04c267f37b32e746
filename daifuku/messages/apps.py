"""Notices and mail: whom they hear and what they bring to the menu."""

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "daifuku.messages"
    label = "daifuku_messages"
    verbose_name = "連絡"

    def ready(self) -> None:
        from daifuku.jobs import handlers, lanes
        from daifuku.messages import endings, events, field_requests, following, notices, panels, subscribers
        from daifuku.messages.push import devices
        from daifuku.messages.sharing import own, telling
        from daifuku.messages.webhooks import lining_up, replaying, sending, stopping
        from daifuku.records.actions.erasing import also_erase
        from daifuku.staff import asked_always, credentials

        events.register()
        subscribers.subscribe()
        following.subscribe()
        field_requests.subscribe()
        lining_up.subscribe()
        telling.subscribe()
        handlers.register(replaying.REPLAY, replaying.replay, cancellable=True)
        lanes.register("webhooks", sending.one_turn, threads=3)
        credentials.revoked_by(stopping.stop_those_of)
        credentials.revoked_by(devices.forget_those_of)
        if devices.ask_whether_signed_in not in credentials.when_ended:
            credentials.when_ended.append(devices.ask_whether_signed_in)
        if own.forget not in also_erase:
            also_erase.append(own.forget)
        handlers.when_finished.append(endings.tell_the_end)
        _repeat()
        panels.register()
        asked_always.add(lambda person: [notices.UNREAD.told(person)], of_frames=True)
        _add_to_menu()


def _repeat() -> None:
    from daifuku.jobs import schedule
    from daifuku.messages import field_requests, notices, outbox
    from daifuku.messages.push import sending as pushing
    from daifuku.messages.sharing import digests
    from daifuku.messages.webhooks import keeping

    day = timedelta(days=1)
    schedule.register(
        "messages.mail", every=timedelta(seconds=2), run=outbox.send_due, wanted=outbox.anything_due
    )
    schedule.register(
        "messages.digests", every=timedelta(seconds=2), run=digests.send_due, wanted=digests.anything_due
    )
    schedule.register(
        "messages.push", every=timedelta(seconds=2), run=pushing.send_due, wanted=pushing.anything_due
    )
    schedule.register("messages.push_clean", every=day, at=time(4, 5), run=pushing.clean)
    schedule.register("messages.mail_clean", every=day, at=time(3, 50), run=outbox.clean)
    schedule.register("messages.notices_clean", every=day, at=time(3, 55), run=notices.clean)
    schedule.register(
        "messages.field_reviews", every=day, at=time(7, 0), run=field_requests.remind_of_reviews,
        wanted=field_requests.anything_to_review,
    )  # fmt: skip
    schedule.register("messages.webhooks_clean", every=day, at=time(4, 0), run=keeping.clean)


def _add_to_menu() -> None:
    from daifuku.foundation import menu

    menu.add(
        menu.Entry("account", _("お知らせ"), "messages:notices", icon="bell", order=70),
        menu.Entry("account", _("お知らせの受け取り"), "messages:receiving", icon="sliders", order=72),
        menu.Entry(
            "settings.people",
            _("情報共有"),
            "messages:matrix",
            icon="share",
            order=50,
            power="settings",
            help=_("どの出来事を、だれに、いつ、どこまで知らせるか"),
        ),
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
