"""Safety: backups, the check-up, the hold after a restore, the log of our own errors."""
