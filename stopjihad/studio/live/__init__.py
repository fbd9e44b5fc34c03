"""Follow a campaign on disk: what is shown while its newest files are read, judged or broken."""
