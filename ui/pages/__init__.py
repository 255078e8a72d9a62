"""One page, one file: each holds a class that derives from `ui.pages.base.Page`."""
