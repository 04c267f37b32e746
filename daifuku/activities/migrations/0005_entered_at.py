from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_feed")]

    operations = [
        migrations.AddField(
            model_name="talk",
            name="entered_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="端末での入力日時"),
        ),
    ]
