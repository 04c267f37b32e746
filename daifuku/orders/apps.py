"""Orders: what is registered when the program starts."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "daifuku.orders"
    label = "orders"
    verbose_name = "受注"

    def ready(self) -> None:
        from datetime import time, timedelta

        from daifuku.catalog.openness import AS_OPEN
        from daifuku.customers.demo import CHAPTERS
        from daifuku.documents import kinds
        from daifuku.jobs import schedule
        from daifuku.orders import (
            bound,
            demo,
            erasing,
            events,
            from_quote,
            happenings,
            lateness,
            lists,
            menu,
            numbers,
            of_customers,
            of_deals,
            panels,
            papers,
            rights,
            state,
        )
        from daifuku.orders.models import Delivery, Order, OrderLine, Purchase
        from daifuku.orders.objects.delivery import DELIVERY
        from daifuku.orders.objects.goods import write_goods
        from daifuku.orders.objects.order import ORDER
        from daifuku.orders.objects.order_line import ORDER_LINE
        from daifuku.orders.objects.purchase import PURCHASE
        from daifuku.records import saved_views
        from daifuku.records.catalogue import registry

        for object_type in (ORDER, ORDER_LINE, PURCHASE, DELIVERY):
            registry.register(object_type)
        kinds.register(*papers.KINDS)
        ORDER.after_save += [numbers.give_numbers, write_goods, state.follow_orders, of_customers.after_save]
        ORDER_LINE.after_save.append(state.follow_lines)
        AS_OPEN.extend([Order, OrderLine, Purchase, Delivery])
        rights.register()
        saved_views.more["order"] = lists.VIEWS
        CHAPTERS.update(orders=demo.orders)
        erasing.register()
        bound.register()
        from_quote.register()
        of_deals.register()
        events.register()
        happenings.register_happenings()
        schedule.register(
            "orders.late",
            every=timedelta(days=1),
            at=time(6, 10),
            run=lateness.tell_late,
            wanted=lateness.wanted,
        )
        menu.register()
        panels.register()
