"""What minutes say, read by rules alone: the same text is read the same way, each time, on every machine."""

from daifuku.minutes.reading.lines import Finding, Read, Section, Words, read
from daifuku.minutes.reading.people import Known, Names

__all__ = ["Finding", "Known", "Names", "Read", "Section", "Words", "read"]
