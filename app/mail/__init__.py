"""Reading mail (RFC 5322 and MIME) into what a channel hands in: pure, bounded, and never in anybody's way."""
