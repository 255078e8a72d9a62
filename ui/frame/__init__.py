"""What a page is given: the frame it stands in, actions with Undo, work off the thread, files."""
