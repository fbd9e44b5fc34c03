"""Turn a step and its inputs into bytes; pure and deterministic. One room an output.

``kinds`` is the table of all kinds of step, ``steps`` renders each by the function that it names:
in ``page``, ``card``, ``film``, ``post``, ``alert``, or ``team`` for the team's own pages.
No room imports another: what two of them share lies in the rooms below, words where readers'
records are, pictures where they are drawn, HTML with the theme, jobs where steps are planned.
"""
