"""How the manual is rendered: Markdown pages, and a reference made from the docstrings. Asks for nothing online."""

from importlib.metadata import version as installed_version

project = "charge-rates"
author = "The charge-rates authors"
version = release = installed_version("charge-rates")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 2
exclude_patterns = ["_build", "_templates"]
templates_path = ["_templates"]
default_role = "code"
suppress_warnings = ["myst.xref_missing"]  # Files of the project that are no pages; tests follow those links.

autosummary_generate = True
autodoc_typehints = "none"
autodoc_default_options = {"ignore-module-all": True}  # Each function is described once, where it is.
napoleon_google_docstring = False

html_theme = "pydata_sphinx_theme"
html_title = "charge-rates"
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {"navigation_with_keys": True, "show_prev_next": False}
