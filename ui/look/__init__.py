"""The look, and things in words: tokens, theme, stylesheet, fonts, icons, text, money, languages."""
