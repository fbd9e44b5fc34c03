"""YAML as text: see it as nodes, write values in its style, change one value and nothing else."""
