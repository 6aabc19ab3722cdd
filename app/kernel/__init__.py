"""What knows nothing of reports: time, calendar, cryptography, errors, text. Imports nothing of ours."""
