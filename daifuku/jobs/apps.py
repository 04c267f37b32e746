from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "daifuku.jobs"
    label = "jobs"
    verbose_name = "仕事"
