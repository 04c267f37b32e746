"""The settings of the tests: the real ones, in a home of their own, on the engine that DAIFUKU_TEST_DATABASE names.

Empty: SQLite. `postgresql`: a server that is started here and stopped when the tests end (the processes of pytest-xdist
inherit its address). Anything else: the address of a server that runs already.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="daifuku-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("DAIFUKU_")]:
    if _name not in {"DAIFUKU_TEST_DATABASE", "DAIFUKU_TEST_PROCESSES"}:
        del os.environ[_name]
os.environ["DAIFUKU_HOME"] = str(_home)
if os.environ.get("DAIFUKU_TEST_DATABASE") == "postgresql":
    from tests.support.postgresql import start_until_exit

    os.environ["DAIFUKU_TEST_DATABASE"] = start_until_exit()
os.environ["DAIFUKU_DATABASE"] = os.environ.get("DAIFUKU_TEST_DATABASE", "")

from daifuku.settings import *  # noqa: E402

if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_home / "test.sqlite3")}
    # A test database need not outlive a power cut; the tests under faults run the real program with the real settings.
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # type: ignore[index]
PASSWORD_HASHERS = ["tests.support.hashing.QuickArgon2"]
STATIC_ROOT.mkdir(exist_ok=True)
# Files for browsers come from where they are written; hashed names need a collection that tests do not wait for.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
