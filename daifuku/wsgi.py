"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from daifuku.foundation.sql.transaction import hurry

PATIENCE_SECONDS = 4.0

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daifuku.settings")
hurry(PATIENCE_SECONDS)
application = get_wsgi_application()
