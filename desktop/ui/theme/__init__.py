"""One visual language: tokens, the sheet made from them, icons, and the theme that applies both."""
