"""Keep PO files in step with the source, and exchange texts with translators.

``po_files`` are on the disk, ``update`` brings one in step, ``notes`` tells translators what a text
is for, ``status`` how far a language is. ``round_trip`` sends texts and takes them back as rows of
an ``exchange`` (XLIFF, TMX, XLSX) or as a ``review_sheet``; ``merge`` puts what came back into a
file.
"""
