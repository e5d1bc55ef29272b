"""The Parquet side of the house: schemas, publication, reading. It alone imports pyarrow."""
