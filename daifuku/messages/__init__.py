"""What the program tells people: notices in the app, mail through an outbox."""
