"""Films: a talking point's cards line by line, with captions and sound.

``plan`` has the steps, ``steps`` makes jobs of them, ``film`` the bytes of a story. A
``card_sheet`` is a card taken apart, ``planes`` are pictures for an encoder; ``motion`` goes from
one still to the next, ``reveal`` lets the words of a card come, ``counter`` a number. ``captions``
writes what is said, ``sound`` makes the bed, ``encoder`` the file.
"""
