"""The operations are half of what the program loads: who only names pages, as the worker does, starts without them."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.support.sources import ROOT

PROGRAM = """
import django, json, sys
django.setup()
from django.urls import resolve, reverse
loaded = lambda: "daifuku.api.operations" in sys.modules
steps = [reverse("api:tokens"), loaded(), resolve("/api/v1/me").url_name, loaded(), resolve("/api/v1/none").url_name]
print(json.dumps(steps))
"""


def test_naming_a_page_loads_no_operation_and_asking_for_one_does() -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "daifuku.settings"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["/account/tokens/", False, "get_me", True, "list_records"]
