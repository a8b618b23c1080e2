"""The road into Roblox Studio: bridge, pairing, plan, push, verify, and files."""
