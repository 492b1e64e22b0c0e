"""The web console: a chat channel in a page on this machine."""
