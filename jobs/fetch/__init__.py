"""The one place that talks to the network."""

from jobs.fetch.fetcher import Answer, Fetcher

__all__ = ["Answer", "Fetcher"]
