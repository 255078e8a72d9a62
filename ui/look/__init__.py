"""Appearance and formatting: tokens, theme, stylesheet, fonts, icons, text, money, languages."""
