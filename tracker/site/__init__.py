"""The site: pages, feeds and files of data, made from values that may be published."""

from tracker.site.matter import Facts, File, Matter
from tracker.site.rendering import render_site

__all__ = ["Facts", "File", "Matter", "render_site"]
