"""Briefings: which are due, what is in them, their picture, and the editions that are kept."""
