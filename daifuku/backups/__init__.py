"""Backups: everything in one encrypted file, a copy that follows every few seconds, and the way back."""
