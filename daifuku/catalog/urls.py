"""The addresses of products and prices beyond those that every record has."""

from django.urls import path

from daifuku.catalog.views import prices

app_name = "catalog"
urlpatterns = [path("prices/for/", prices.prices_page, name="prices")]
