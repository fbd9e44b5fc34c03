"""The studio: see, write, translate, approve and export a campaign in the browser."""
