"""The first page: Local school on this computer, or signing in to a school's server."""
