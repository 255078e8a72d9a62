"""What keeps the file sound: backups, the check-up, the standstill after a restore, the log of our own mistakes."""
