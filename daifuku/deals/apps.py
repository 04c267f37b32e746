"""Deals: what is registered when the program starts."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "daifuku.deals"
    label = "deals"
    verbose_name = "商談"

    def ready(self) -> None:
        from daifuku.deals import menu, processes
        from daifuku.deals.objects.deal import DEAL
        from daifuku.deals.objects.following import forget_note, since_before
        from daifuku.records.actions.members import keep_members
        from daifuku.records.catalogue import registry, vocabulary

        registry.register(DEAL)
        DEAL.after_save += [keep_members, forget_note, since_before]
        vocabulary.sources["deal", "process"] = processes.process_options
        vocabulary.sources["deal", "stage"] = processes.stage_options
        menu.register()
