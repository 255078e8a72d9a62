"""One page, one file: each holds a class that derives from `ui.frame.page.Page`."""
