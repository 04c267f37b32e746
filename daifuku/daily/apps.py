"""Daily reports: what is registered when the program starts."""

from django.apps import AppConfig


class DailyConfig(AppConfig):
    name = "daifuku.daily"
    label = "daily"
    verbose_name = "日報"

    def ready(self) -> None:
        from datetime import timedelta

        from daifuku.activities import today
        from daifuku.customers.demo import CHAPTERS
        from daifuku.daily import demo, events, menu, owing, panels, shares, telling
        from daifuku.daily.actions import sharing
        from daifuku.daily.morning import deals, mailing, sections
        from daifuku.daily.objects.report import DAILY_REPORT
        from daifuku.jobs import schedule
        from daifuku.ledger import subscribing
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.catalogue import registry
        from daifuku.staff.models.role import CONFIDED

        CHAPTERS.update(daily=demo.reports)
        CONFIDED.add(DAILY_REPORT.key)
        registry.register(DAILY_REPORT)
        events.register()
        owing.register()
        panels.register()
        sections.register_own()
        deals.register_deals()
        today.parts.append(("daily/parts/today.html", shares.for_today))
        menu.register()
        if sharing.forget not in also_erase:
            also_erase.append(sharing.forget)
        subscribing.subscribe("daily.shared", ["daily.shared"], telling.tell_all)
        subscribing.subscribe("daily.commented", ["comment.written"], telling.count_as_read)
        subscribing.subscribe(
            "daily.trashed", ["daily_report.trashed", "daily_report.restored"], owing.follow_trash
        )
        schedule.register(
            "daily.morning", every=timedelta(minutes=1), run=mailing.send_all, wanted=mailing.anything_to_send
        )
        schedule.register(
            "daily.owe", every=timedelta(minutes=10), run=owing.owe_all, wanted=owing.anything_to_owe
        )
