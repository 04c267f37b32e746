from django.db import migrations

from daifuku.foundation.sql.gram_index import by_kind


def move_index(apps, editor):
    by_kind.move(editor.connection.vendor)


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0010_standard_indexes"),
    ]

    operations = [
        migrations.RunPython(move_index, migrations.RunPython.noop),
    ]
