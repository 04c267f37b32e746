"""Cards: what is registered when the program starts."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "daifuku.cards"
    label = "cards"
    verbose_name = "名刺"

    def ready(self) -> None:
        from daifuku.cards import demo, duty_kind, erasing, events, following, menu, panels, subscribers
        from daifuku.cards.actions import bringing, reading
        from daifuku.cards.mailbox import polling
        from daifuku.customers.demo import CHAPTERS
        from daifuku.jobs import handlers, lanes
        from daifuku.phone.doors import doors
        from daifuku.records.actions.erasing import also_erase
        from daifuku.records.files.sweeping import also_named

        handlers.register(bringing.READ, reading.run)
        lanes.register("card mailbox", polling.turn, threads=1)
        if reading.names not in also_named:
            also_named.append(reading.names)
        if erasing.forget_cards not in also_erase:
            also_erase.append(erasing.forget_cards)
        CHAPTERS.update(cards=demo.cards)
        duty_kind.register()
        events.register()
        doors["card"] = "cards:add"
        following.register()
        panels.register()
        subscribers.subscribe()
        menu.register()
