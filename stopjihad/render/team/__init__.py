"""Pages for the team alone: the report of a campaign, and the dossier of a talking point."""
