"""Won deals are divided by product group now: their sums are made anew."""

from django.db import migrations


def forget(apps, schema_editor):
    for row in apps.get_model("forecast", "Setting").objects.all():
        row.filled = {key: value for key, value in row.filled.items() if key != "won"}
        row.save(update_fields=["filled"])


class Migration(migrations.Migration):
    dependencies = [("forecast", "0002_rights")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
