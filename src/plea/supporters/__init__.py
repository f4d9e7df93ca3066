"""The people who sign letters: one person typed in, or the rows of a table, checked once."""
