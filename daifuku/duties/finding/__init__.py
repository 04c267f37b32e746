"""What was left alone, found every morning: each finder says what is so today, and what is not any more."""
