"""Evidence: what lets anybody check a closed poll without trusting whoever ran it. Standard library only."""
