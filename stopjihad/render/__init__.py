"""Plan outputs and turn each step with its inputs into bytes; pure and deterministic.

One room an output: ``page``, ``card``, ``film``, ``post``, ``alert``, ``kit``, ``paper``, and
``team`` for the team's own pages; each has its own ``plan`` and steps. The ``plan`` here puts
theirs together, ``kinds`` is the table of all kinds of step, ``steps`` renders each by the function
that it names, ``announced`` those of installed packages. No room imports another: what two of them
share lies in the rooms below, words where readers' records are, pictures where they are drawn, HTML
with the theme, jobs where steps are planned.
"""
