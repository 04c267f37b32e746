from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "daifuku.customers"
    label = "customers"
    verbose_name = "顧客"
