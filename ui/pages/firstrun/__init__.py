"""What a new file asks first; it stands in no rail, so it has no ENTRY."""
