"""Every reader of words from outside, on input that nobody foresaw, each input within a time limit."""
