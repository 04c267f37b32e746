"""Voices: what is registered when the program starts."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "daifuku.voices"
    label = "voices"
    verbose_name = "お客様の声"

    def ready(self) -> None:
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.customers.objects.lead import LEAD
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.catalogue import registry
        from daifuku.voices import menu
        from daifuku.voices.actions.erasing import forget_person
        from daifuku.voices.objects.openness import follow_customers, keep_as_open
        from daifuku.voices.objects.voice import VOICE

        registry.register(VOICE)
        VOICE.after_save.append(keep_as_open)
        ACCOUNT.after_save.append(follow_customers)
        LEAD.after_save.append(follow_customers)
        also_erase.append(forget_person)
        menu.register()
