"""Turn records into steps; pure."""
