"""Help: the documentation inside the program, and what is new."""
