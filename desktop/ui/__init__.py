"""The window: a shell, one folder a screen (a view with Qt, a presenter without), and a theme."""
