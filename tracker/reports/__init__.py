"""What was published: reports, their versions, and the raw bytes they were read from."""

from tracker.reports.report import Capture, Report, Version

__all__ = ["Capture", "Report", "Version"]
