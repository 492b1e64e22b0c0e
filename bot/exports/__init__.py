"""Files to keep: what a moderator or an operator carries away."""
