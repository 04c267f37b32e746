"""Deals are as closed as their customers now: their sums are made anew."""

from django.db import migrations


def forget(apps, schema_editor):
    for row in apps.get_model("forecast", "Setting").objects.all():
        row.filled = {key: value for key, value in row.filled.items() if key not in ("won", "open")}
        row.save(update_fields=["filled"])


class Migration(migrations.Migration):
    dependencies = [("forecast", "0003_divide_won_deals"), ("deals", "0004_close_deals")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
