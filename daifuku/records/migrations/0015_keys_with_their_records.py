from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_absorbed"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="duplicatekey",
            name="duplicate_key_lookup",
        ),
        migrations.AddIndex(
            model_name="duplicatekey",
            index=models.Index(fields=["kind", "key", "object", "record_id"], name="duplicate_key_lookup"),
        ),
    ]
