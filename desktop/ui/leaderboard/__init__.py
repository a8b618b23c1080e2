"""The leaderboard of a class, live, and a view of it for the projector."""
