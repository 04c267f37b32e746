"""Hand-over: what is registered when the program starts."""

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "daifuku.handover"
    label = "handover"
    verbose_name = "引き継ぎ"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.customers.demo import CHAPTERS
        from daifuku.handover import demo, erasing, events, menu, registering
        from daifuku.handover.actions import arranging, carrying_out, printing, taking_back
        from daifuku.handover.views import from_list
        from daifuku.jobs import handlers, schedule
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.files.sweeping import also_named

        registering.whenever_ready()
        handlers.register(arranging.CARRY_OUT, carrying_out.carry_out, cancellable=True)
        handlers.register(taking_back.TAKE_BACK, taking_back.run)
        handlers.register(
            printing.PRINT, printing.run, template="handover/parts/printed.html", cancellable=True
        )
        schedule.register("handover.papers", every=timedelta(days=1), at=time(3, 40), run=printing.clean)
        if printing.names not in also_named:
            also_named.append(printing.names)
        for told in (arranging.note_the_end, taking_back.note_the_end):
            if told not in handlers.when_finished:
                handlers.when_finished.append(told)
        often = timedelta(minutes=5)
        schedule.register(
            "handover.begin", every=often, run=carrying_out.begin_due, wanted=carrying_out.wanted
        )
        schedule.register(
            "handover.return", every=often, run=taking_back.return_due, wanted=taking_back.wanted
        )
        if erasing.forget_notes not in also_erase:
            also_erase.append(erasing.forget_notes)
        CHAPTERS.update(handover=demo.handover)
        from_list.offer()
        events.register()
        menu.register()
