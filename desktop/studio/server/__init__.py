"""The road into Studio through the MCP server that Studio ships, for schools without plugins."""
