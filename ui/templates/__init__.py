"""Parts of the page for templates and the voice guide."""
