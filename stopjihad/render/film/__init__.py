"""Films: a talking point's cards one after the other, with calm movement, captions and sound.

``plan`` has the steps, ``steps`` makes jobs of them, ``film`` the bytes of a story. ``motion``
turns cards into planes, moves from one to the next, and counts numbers up. ``captions`` writes what
is said, ``encoder`` the file.
"""
