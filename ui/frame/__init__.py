"""The base of pages: Page and Frame, actions with Undo, background work, file dialogs."""
