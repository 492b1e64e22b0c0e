"""Ballot files: each format in a module of its own, `door.read` for whoever has a file and wants its ballots."""
