"""One page in, at most one row out: extraction, deduplication, the ledger and the dataset."""
