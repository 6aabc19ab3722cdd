"""The nouns of the work and their rules; no page and no form is known here."""
