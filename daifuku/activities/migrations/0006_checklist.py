from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_entered_at")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="items",
            field=models.JSONField(blank=True, default=list, verbose_name="チェックリスト"),
        ),
    ]
