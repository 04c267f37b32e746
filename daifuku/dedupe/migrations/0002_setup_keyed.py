from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dedupe", "0001_initial")]

    operations = [migrations.AddField("setup", "keyed", models.JSONField(default=dict))]
