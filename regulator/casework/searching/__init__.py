"""Finding cases by words: one row for each audience of a case, of the words that audience may read."""
