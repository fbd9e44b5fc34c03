"""Change authored files where people changed a field, and nowhere else."""
