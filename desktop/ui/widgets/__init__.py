"""Our own small components. They know the theme, and nothing of schools."""
