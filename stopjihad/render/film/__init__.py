"""Films: a talking point's cards one after the other, with calm movement, captions and sound."""
