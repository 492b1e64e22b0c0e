"""Values become cards, in the language of the reader."""
