from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("method", models.CharField(max_length=40, verbose_name="対応方法")),
                ("content", models.CharField(max_length=40, verbose_name="対応内容")),
                ("lines", models.JSONField(default=list, verbose_name="文例")),
            ],
        ),
        migrations.AddConstraint(
            model_name="wording",
            constraint=models.UniqueConstraint(fields=("method", "content"), name="phone_wording_once"),
        ),
    ]
