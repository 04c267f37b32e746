"""What シャチホコ商事 wrote in its reports of the last weeks, what the heads answered, what the president shared."""

from daifuku.daily.demo.reports import reports

__all__ = ["reports"]
