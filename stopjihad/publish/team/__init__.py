"""Share a workspace's files with colleagues over the git remote that it has: *Fetch* and *Send*.

Nothing of the workspace's git runs: no command, hook or filter, and of its settings only the
remote's address and the branch are read. ``workspace_git`` is the repository that the workspace
is in, ``remote_name`` whom it shares with; ``shared_tree`` lists what is shared, in a commit and
on the disk, ``ignored_paths`` what git leaves out; ``tree_merge`` puts two people's files
together, ``disk_changes`` compares and writes them, ``disk_merge`` brings a merge to the
disk, ``git_index`` keeps git's own list in step;
``exchange`` fetches and sends.

Throughout, a store holds objects of git, the root is the workspace; commits and blobs are named in
hexadecimal.
"""
