"""The widgets that pages are built from, painted in our own style."""
