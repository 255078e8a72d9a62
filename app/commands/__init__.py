"""The table of commands with their keys, the keys that the person has changed, and which keys a command can have."""
