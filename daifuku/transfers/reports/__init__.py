"""Old daily reports, a row for each person and day, that name several customers: cut into a row for each talk."""
