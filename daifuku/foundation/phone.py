# ruff: noqa: ANN001, ANN201, ANN202
def format_number(t, region="JP"):
    return t
