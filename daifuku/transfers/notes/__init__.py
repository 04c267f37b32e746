"""Notes that come in from Evernote: read from its export file, given to records, written there, taken back."""
