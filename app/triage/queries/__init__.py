"""What triage shows: the queue, one report, and the text of one case."""
