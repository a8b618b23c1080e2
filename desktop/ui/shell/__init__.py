"""The shell: the window around the screens, with its navigation, status bar and palette."""
