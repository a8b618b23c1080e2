"""What makes the environment for working on the project, and the program that is installed."""
