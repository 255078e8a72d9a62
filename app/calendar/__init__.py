"""Days as people have them: what is free where, and what a typed date means. Pure, and no noun."""
