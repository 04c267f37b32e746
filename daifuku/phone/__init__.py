"""The phone in the pocket: record a talk in five taps, with or without signal."""
