"""Roles that were there before: whoever buys writes down what he buys."""

from django.db import migrations

WORKS = {"view": "all", "create": "all", "edit": "all", "delete": "own", "export": "all"}


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(key="purchaser"):
        role.grants = dict.fromkeys(["purchase"], WORKS) | role.grants
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_index_by_customer")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
