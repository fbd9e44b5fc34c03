"""A notice: its site, its steps, its end, its exercises."""
