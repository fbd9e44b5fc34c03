"""Views of the studio: one file a view, what it shows and how its addresses are answered."""
