"""The templates that come with the program, as rows that the firm changes."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import translation

from daifuku.minutes.shipped import SHIPPED, as_kept


def install(apps: Any, _editor: Any) -> None:
    template_model, edition_model = (
        apps.get_model("minutes", "Template"),
        apps.get_model("minutes", "Edition"),
    )
    with translation.override("ja"):
        for order, shipped in enumerate(SHIPPED):
            template = template_model.objects.create(
                name=str(shipped.name), method=shipped.method, content=shipped.content, order=order * 10
            )
            edition_model.objects.create(template=template, headings=as_kept(shipped))


class Migration(migrations.Migration):
    dependencies = [("minutes", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
