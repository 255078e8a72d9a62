"""The tests: folders mirror `app/` and `ui/`; stories/ go whole ways, servers/ hold real peers, bench/ figures."""
