"""What all tests share: where their database runs (tests/settings.py), random data that repeats, the browser."""

from hypothesis import settings

pytest_plugins = ["tests.support.browser", "tests.support.cast", "tests.support.world"]
settings.register_profile("daifuku", deadline=None, derandomize=True)
settings.load_profile("daifuku")
