"""Turn a step and its inputs into bytes; pure and deterministic.

``kinds`` is the table of all kinds of step and input, ``steps`` renders each by the function that
it names: in ``page``, ``card``, ``film``, ``post``, ``alert``, or ``team`` for the team's own
pages. ``export`` writes finished drafts for other programs. What several of them show: a ``claim``
said right, prose (``markdown``, ``markdown_blocks``), and a ``chart``, placed by ``chart_geometry``
and drawn for pages by ``chart_svg``.
"""
