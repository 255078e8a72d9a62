"""What everybody may use: text, clock, money, ids, paths, errors, credentials, background jobs. It knows no noun."""
