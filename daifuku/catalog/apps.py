"""The catalogue of goods: what is registered when the program starts."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "daifuku.catalog"
    label = "catalog"
    verbose_name = "商品"

    def ready(self) -> None:
        from daifuku.catalog import demo, menu, panels
        from daifuku.catalog.models import Price
        from daifuku.catalog.objects.price import PRICE
        from daifuku.catalog.objects.product import PRODUCT
        from daifuku.catalog.openness import AS_OPEN, follow_accounts
        from daifuku.customers.demo import CHAPTERS
        from daifuku.customers.objects.account import ACCOUNT
        from daifuku.records.catalogue import registry
        from daifuku.staff.shipped import FIELD_RULES

        registry.register(PRODUCT)
        registry.register(PRICE)
        AS_OPEN.append(Price)
        ACCOUNT.after_save.append(follow_accounts)
        for role in ("reader", "marketer"):
            FIELD_RULES.setdefault(role, {}).setdefault("product", {})["cost"] = "hidden"
        CHAPTERS.update(products=demo.products)
        panels.register()
        menu.register()
