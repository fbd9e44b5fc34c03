"""Cards as the plan names them: ``steps`` draws them, ``contact_sheet`` shows many to people."""
