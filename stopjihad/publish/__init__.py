"""Publish a built site: to a folder, a store, a server or a branch, so that it can be taken back.

``deployment`` publishes, lists and rolls back; ``readiness`` says what may be published,
``overlay`` lays an alert alone over what is there, ``upload`` signs what goes up, ``release`` is
what shall be there, ``site_record`` what the target remembers of it; ``publications`` remembers at
home what was published, ``objections`` says what of it may not return, ``way_back`` what a target
keeps and on which terms that does; ``changes`` are the difference, carried out and read back.
``channel`` opens the way to a target, ``destination`` says what one must be able to do, and keeps
credentials out of what is printed; ``folder``, ``bucket`` and ``sftp`` do it. ``plain_layout`` puts
files where they are read, ``releases_layout`` a release beside the others and leads to it.
``branch`` commits, by way of ``repository``, with ``git_credentials`` and ``git_ssh``,
``git_home``, ``git_objects``, and what ``known_blobs`` remembers; ``commits`` looks at the
workspace's own history. ``team`` shares the workspace's files with colleagues over its git remote.
``lease`` keeps two publishers apart, ``schema`` decodes what targets say; ``publish_request`` says
what is wanted, ``target_memory`` what this workspace did on a target, ``known_target`` what lies
there. ``signature`` signs with the ``signing_key``, ``signed_release`` all that a release holds,
``kit_signature`` the kits of partners; ``seen_signatures`` remembers the newest, and ``kit_check``
compares a kit with what is told now. ``exposure`` looks whether readers see what is kept, ``clock``
whether a target's clock is ours.
"""
