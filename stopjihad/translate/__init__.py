"""Keep PO files in step with the source."""
