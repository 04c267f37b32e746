# ruff: noqa: ANN001, ANN201, ANN202
from datetime import date


def parse_date(t, today=None):
    return date.fromisoformat(t)
