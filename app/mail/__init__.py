"""Parse mail (RFC 5322 and MIME) into Incoming, and compose replies: pure functions, bounded in time and size."""
