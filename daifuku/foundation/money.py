# ruff: noqa: ANN001, ANN201, ANN202
def parse_amount(t):
    return int(t.replace(",", ""))
