"""Deals: what is registered when the program starts."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "daifuku.deals"
    label = "deals"
    verbose_name = "商談"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.lead import LEAD
        from daifuku.deals import (
            alone,
            alone_leads,
            board,
            demo,
            events,
            happenings,
            menu,
            openness,
            panels,
            processes,
        )
        from daifuku.deals.actions import carrying
        from daifuku.deals.actions.people import forget_notes
        from daifuku.deals.objects.deal import DEAL
        from daifuku.deals.objects.following import forget_note, since_before
        from daifuku.jobs import handlers, schedule
        from daifuku.records import saved_views
        from daifuku.records.actions import erasing
        from daifuku.records.actions.members import keep_members
        from daifuku.records.catalogue import registry, vocabulary

        registry.register(DEAL)
        DEAL.after_save += [
            keep_members,
            forget_note,
            since_before,
            alone.after_save,
            alone_leads.after_deals,
        ]
        openness.register()
        LEAD.after_save.append(alone_leads.after_save)
        vocabulary.sources["deal", "process"] = processes.process_options
        vocabulary.sources["deal", "stage"] = processes.stage_options
        DEAL.board = board.WAY
        LEAD.board = board.LEADS
        saved_views.more |= {"deal": board.VIEWS, "lead": board.LEAD_VIEWS}
        if forget_notes not in erasing.also_erase:
            erasing.also_erase.append(forget_notes)
        CHAPTERS.update(deals=demo.deals)
        schedule.register("deals.left_alone", every=timedelta(days=1), at=time(5, 40), run=alone.look_at_all)
        schedule.register(
            "deals.leads_left_alone", every=timedelta(days=1), at=time(5, 42), run=alone_leads.look_at_all
        )
        handlers.register(
            carrying.JOB,
            carrying.run,
            carrying.undo_address,
            template="records/bulk_result.html",
            cancellable=True,
        )
        events.register()
        happenings.register_happenings()
        panels.register()
        menu.register()
