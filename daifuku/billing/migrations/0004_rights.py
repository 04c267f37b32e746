"""Roles that were there before: whoever keeps the books bills, and writes down what comes in."""

from django.db import migrations

WORKS = {"view": "all", "create": "all", "edit": "all", "delete": "own", "export": "all"}


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(key="accountant"):
        role.grants = dict.fromkeys(["invoice", "payment"], WORKS) | role.grants
        role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_index_by_customer")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
