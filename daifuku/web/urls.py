"""The addresses of the frame: home, help, settings, and what browsers and monitors ask for."""

from django.urls import path

from daifuku.web.views.health import health
from daifuku.web.views.help import help_page
from daifuku.web.views.home import home
from daifuku.web.views.manifest import manifest
from daifuku.web.views.own_ca import own_ca, own_ca_file
from daifuku.web.views.settings import account, menu_page, settings_page

urlpatterns = [
    path("", home, name="home"),
    path("help/", help_page, name="help"),
    path("menu/", menu_page, name="menu"),
    path("settings/", settings_page, name="settings"),
    path("account/", account, name="account"),
    path("healthz", health, name="health"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("own-ca", own_ca, name="own-ca"),
    path("own-ca.crt", own_ca_file, name="own-ca-file"),
]
