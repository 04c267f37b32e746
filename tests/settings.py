"""The settings of the tests: the real ones, in a home of their own, on the engine that DAIFUKU_TEST_DATABASE names.

Empty: SQLite. `postgresql`: a server that is started here and stopped when the tests end. Each process of pytest-xdist
starts its own, because a line of the ledger is settled when no older transaction of the whole server runs any more.
Anything else: the address of a server that runs already.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="daifuku-test-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("DAIFUKU_")]:
    if _name not in {"DAIFUKU_TEST_DATABASE", "DAIFUKU_TEST_OWNER", "DAIFUKU_TEST_PROCESSES"}:
        del os.environ[_name]
os.environ["DAIFUKU_HOME"] = str(_home)
# What is told goes at once, at whatever time of the day the tests run.
os.environ["DAIFUKU_QUIET_HOURS"], os.environ["DAIFUKU_QUIET_DAYS"] = "00:00-00:00", "off"
_owner = os.environ.get("PYTEST_XDIST_WORKER", "main")
if (
    os.environ.get("DAIFUKU_TEST_DATABASE") == "postgresql"
    or os.environ.get("DAIFUKU_TEST_OWNER", _owner) != _owner
):
    from tests.support.postgresql import start_until_exit

    # Programs that the tests start inherit the address and the owner.
    os.environ |= {"DAIFUKU_TEST_DATABASE": start_until_exit(), "DAIFUKU_TEST_OWNER": _owner}
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
