"""The loopback server of the tests of jobs."""

from tests.jobs.conftest import site

__all__ = ["site"]
