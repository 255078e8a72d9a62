"""The command palette, the menus and the key sheet."""
