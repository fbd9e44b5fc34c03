"""What several kinds of tests share: built sites, parsed pages, a server that only serves."""
