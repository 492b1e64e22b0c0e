"""Polls: drafted and run by moderators, answered by members."""
