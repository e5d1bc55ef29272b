"""Is this story stored already? Fingerprints of texts, and the judgement of two of them."""
