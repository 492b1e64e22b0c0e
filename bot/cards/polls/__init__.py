"""Cards of polls: the board in public, the ballot paper and the receipt in private, the moderators' panel."""
