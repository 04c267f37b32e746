"""What talks and plans are made of, said once for pages, import, export, search and API."""
