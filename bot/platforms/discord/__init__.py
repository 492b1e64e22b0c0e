"""Discord, through discord.py: the only room that imports it."""
