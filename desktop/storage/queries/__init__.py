"""What the screens ask: each question one function on a connection, answered in frozen data."""
