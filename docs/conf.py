"""How Sphinx builds the documentation: `make docs`, from local files alone, without a warning."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = PROJECT["name"]
release = version = PROJECT["version"]
author = "the authors of troop-tracker"
copyright = f"{author}, {PROJECT['license']} licence"  # noqa: A001 - Sphinx's name for it

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
# A code host shows README.md of a folder by itself; the built pages begin with index.md.
exclude_patterns = ["_build", "README.md"]
highlight_language = "text"
nitpicky = False

# Anchors of headings as code hosts make them, so that one link works in both.
myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = ["myst.strikethrough"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
numpydoc_show_class_members = False
numpydoc_validation_checks = set()

html_theme = "pydata_sphinx_theme"
html_title = "troop-tracker"
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
# All pages by heading, at the left: those of the theme know only what lies below the present page.
html_sidebars = {"**": ["globaltoc.html"]}
html_theme_options = {
    "navbar_center": [],
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "secondary_sidebar_items": ["page-toc"],
    "show_nav_level": 2,
    "navigation_with_keys": False,
}
