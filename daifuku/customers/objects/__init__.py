"""What accounts, contacts and leads are made of, said once for pages, import, export, search and API."""
