"""The team's own pages: ``plan`` collects ``records`` for them, ``pages`` writes them."""
