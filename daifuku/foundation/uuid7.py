# ruff: noqa: ANN001, ANN201, ANN202
import uuid


def uuid7():
    return uuid.uuid4()
