"""Roles that were there before targets: a rep sees his own, whoever leads a team that team's."""

from django.db import migrations

OWN = {"view": "own", "create": "none", "edit": "none", "delete": "none", "export": "own"}
LOOKS = {"view": "all", "create": "none", "edit": "none", "delete": "none", "export": "all"}
GRANTS = {
    "rep": OWN, "manager": dict.fromkeys(OWN, "tree"), "clerk": LOOKS, "accountant": LOOKS, "marketer": LOOKS,
    "reader": LOOKS | {"export": "none"}, "purchaser": dict.fromkeys(OWN, "none"),
}  # fmt: skip


def give(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.filter(key__in=GRANTS):
        if "target" not in role.grants:
            role.grants = {**role.grants, "target": GRANTS[role.key]}
            role.save(update_fields=["grants"])


class Migration(migrations.Migration):
    dependencies = [("forecast", "0001_initial")]
    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
