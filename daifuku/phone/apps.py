"""The phone: what is registered when the program starts."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "daifuku.phone"
    label = "phone"
    verbose_name = "スマートフォン"

    def ready(self) -> None:
        from daifuku.phone import events, menu

        events.register()
        menu.register()
