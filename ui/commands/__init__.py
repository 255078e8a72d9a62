"""One table of commands with their keys, and how a press or typed letters lead to one. No widgets."""
