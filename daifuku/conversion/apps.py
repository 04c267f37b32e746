"""Conversion: what is registered when the program starts."""

from datetime import timedelta

from django.apps import AppConfig


class ConversionConfig(AppConfig):
    name = "daifuku.conversion"
    label = "conversion"
    verbose_name = "取引の開始"

    def ready(self) -> None:
        from daifuku.conversion import by_rule, checks, demo, erasing, events, history, menu, panels, unmapped
        from daifuku.conversion.actions import many
        from daifuku.conversion.views import from_list
        from daifuku.conversion.who import addresses_for
        from daifuku.customers import same
        from daifuku.customers.demo import CHAPTERS
        from daifuku.dedupe.found_pairs import begin_with
        from daifuku.jobs import handlers, schedule
        from daifuku.records.actions.erasing import also_erase

        events.register()
        checks.register()
        panels.register()
        menu.register()
        unmapped.register(schedule)
        schedule.register(
            "conversion.by_rule",
            every=timedelta(minutes=1),
            run=by_rule.begin_ready,
            wanted=by_rule.anything_ready,
        )
        handlers.register(many.KIND, many.run, template="conversion/parts/ran.html", cancellable=True)
        CHAPTERS.update(conversion=demo.conversion)
        from_list.offer()
        if addresses_for not in begin_with:
            begin_with.append(addresses_for)
        if history.customers_before not in same.known:
            same.known.append(history.customers_before)
        if erasing.forget not in also_erase:
            also_erase.append(erasing.forget)
