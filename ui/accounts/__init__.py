"""The parts of the accounts page: the form that connects a channel."""
