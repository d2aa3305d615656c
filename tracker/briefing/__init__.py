"""Briefings: one model of what is known and what changed, written as Markdown or as HTML."""

from tracker.briefing.evidence import Evidence
from tracker.briefing.html import render_html
from tracker.briefing.markdown import render_markdown
from tracker.briefing.model import Briefing, Edition, Figure, Reference, Section, Statement
from tracker.briefing.writing import write_briefing

__all__ = [
    "Briefing",
    "Edition",
    "Evidence",
    "Figure",
    "Reference",
    "Section",
    "Statement",
    "render_html",
    "render_markdown",
    "write_briefing",
]
