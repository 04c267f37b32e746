"""The rows of voices: what customers wish for and suffer from, and how the firm treats them."""

from daifuku.voices.models.conduct import Conduct
from daifuku.voices.models.voice import Voice

__all__ = ["Conduct", "Voice"]
