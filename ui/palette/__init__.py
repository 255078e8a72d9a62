"""Finding and doing by name: the palette, the menus and the key sheet."""
