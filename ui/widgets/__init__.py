"""Small widgets of one look, each in a file of its kind; pages are put together from them."""
