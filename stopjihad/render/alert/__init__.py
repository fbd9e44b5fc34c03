"""Turn a notice in a crisis into texts, pictures and files for machines."""
