"""Settings: how the window looks, and whose account this is."""
