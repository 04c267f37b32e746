"""Templates for meetings of the house, which need no customer; the shipped one is such."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import translation

from daifuku.minutes.shipped import SHIPPED


def mark(apps: Any, _editor: Any) -> None:
    with translation.override("ja"):
        names = [str(shipped.name) for shipped in SHIPPED if shipped.internal]
    apps.get_model("minutes", "Template").objects.filter(name__in=names).update(internal=True)


class Migration(migrations.Migration):
    dependencies = [("minutes", "0002_shipped")]
    operations = [
        migrations.AddField(
            model_name="template",
            name="internal",
            field=models.BooleanField(default=False, verbose_name="社内の会議"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
