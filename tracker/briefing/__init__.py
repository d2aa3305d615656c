"""Briefings: one model of what is known and what changed, written in many formats."""

from tracker.briefing.atom import render_atom, render_feed
from tracker.briefing.corrected import correct, says_the_same
from tracker.briefing.evidence import Evidence
from tracker.briefing.html import render_html
from tracker.briefing.mail import render_mail
from tracker.briefing.markdown import render_markdown
from tracker.briefing.model import Briefing, Edition, Figure, Picture, Reference, Section, Statement
from tracker.briefing.pdf import render_pdf
from tracker.briefing.record import read_json, render_json
from tracker.briefing.writing import write_briefing

__all__ = [
    "Briefing",
    "Edition",
    "Evidence",
    "Figure",
    "Picture",
    "Reference",
    "Section",
    "Statement",
    "correct",
    "read_json",
    "render_atom",
    "render_feed",
    "render_html",
    "render_json",
    "render_mail",
    "render_markdown",
    "render_pdf",
    "says_the_same",
    "write_briefing",
]
