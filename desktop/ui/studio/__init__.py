"""Studio: the connection to Roblox Studio, and what was and will be pushed."""
