"""The pages, one package each: `page.py` has the `ui.frame.page.Page`, `__init__.py` its ENTRY in the rail."""
