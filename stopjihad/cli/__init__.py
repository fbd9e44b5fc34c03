"""Commands; the only place that prints and exits.

``main`` names them; each is a file of its own name. ``common`` has what they share, ``reviewer``
what those that sign share; ``starter`` cuts out the campaign that ``init`` writes.
"""
