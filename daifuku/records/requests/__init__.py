"""New fields are asked for, talked over, decided; and fields that nobody uses are looked at again."""
