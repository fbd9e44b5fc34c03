"""Execute a plan and publish its result in one swap."""
