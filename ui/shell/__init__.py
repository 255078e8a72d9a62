"""The process and the window around the pages."""
