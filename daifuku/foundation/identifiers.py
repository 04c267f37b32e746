# ruff: noqa: ANN001, ANN201, ANN202
def _i(t):
    return t


clean_email = clean_url = clean_corporate_number = clean_invoice_number = clean_postal_code = _i
