"""Films: a talking point's cards line by line, with captions and sound.

``plan`` has the steps, ``steps`` makes jobs of them, ``film`` the bytes of a story. ``motion``
turns cards into planes, moves from one to the next, and counts numbers up; ``reveal`` lets the
words of a card come. ``captions`` writes what is said, ``sound`` makes the bed, ``encoder`` the
file.
"""
