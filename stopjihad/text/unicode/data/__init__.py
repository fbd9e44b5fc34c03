"""Unicode properties as compact runs; every other file here is written by a generator."""
