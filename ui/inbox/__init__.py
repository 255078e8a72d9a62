"""The parts of the inbox page: list, story, member card, composer, and the strips that take its place."""
