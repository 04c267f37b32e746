"""One vocabulary: what every field is, for standard and custom fields alike."""
