"""Publish a built site: to a folder, a store, a server or a branch, so that it can be taken back.

``driver`` publishes, lists and rolls back; ``readiness`` says what may be published, ``release`` is
what shall be there, ``publication`` what the target remembers, and how an older one is taken again;
``changes`` are the difference, carried out and read back. ``channel`` opens the way to a target,
``place`` says what one must be able to do, and keeps credentials out of what is printed;
``folder``, ``store`` and ``sftp`` do it. ``plain_layout`` puts files where they are read,
``releases_layout`` a release beside the others and leads to it, ``branch`` commits. ``lease`` keeps
two publishers apart, ``signature`` signs.
"""
