"""A price is called by its product, not by what it costs: the name is seen by more people than the amount."""

from decimal import Decimal

from django.db import migrations


def rename(apps, schema_editor):
    prices = apps.get_model("catalog", "Price").objects
    for price in (
        prices.select_related("product").only("product__name", "quantity", "begins_on").iterator(1000)
    ):
        parts = [price.product.name]
        if price.quantity:
            number = Decimal(price.quantity).normalize()
            parts.append(f"{number:,f}以上")
        if price.begins_on is not None:
            parts.append(f"{price.begins_on:%Y-%m-%d}から")
        prices.filter(pk=price.pk).update(name=" ".join(parts)[:200])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_index_by_customer")]
    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
