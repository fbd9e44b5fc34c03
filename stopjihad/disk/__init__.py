"""The one door to the disk: whatever the program opens, makes, renames or removes goes through it.

``folder`` reaches files from folders that are held open and follows no link, ``anchor`` says above
which of them one may stand; ``files`` writes and
reads them whole, ``trees`` are many below one folder; ``save`` writes what people may be writing,
too, and ``history`` remembers each save; ``user_key`` signs what is kept to save time, ``newest``
says which of it is the newest in its place; ``lock`` lets one writer at a time; ``kernel`` asks
the system for what Python has no function for; ``errors`` says what went wrong.

Kept to save time: ``cache`` is the word for all of it, ``pack`` keeps many small things in few
files, ``store`` one output a file, for this machine or for several; ``stamp`` tells by inode and
times that a file is still the one that was seen; ``program`` is what runs: digests of its code,
versions of packages.
"""

from stopjihad.disk.anchor import hold
from stopjihad.disk.errors import WriteError, explain, shown_path
from stopjihad.disk.files import (
    PIECE,
    UNFINISHED,
    create_from,
    create_in,
    pieces_below,
    pieces_in,
    put,
    put_folder,
    read,
    read_below,
    read_in,
    replace,
    replace_in,
    touch,
    write_all,
)
from stopjihad.disk.folder import (
    PRIVATE,
    PUBLIC_MODE,
    Folder,
    open_root,
    unused_name,
)
from stopjihad.disk.trees import HeldPath, NewFiles, below, create_below, link_below, make_below

__all__ = [
    "PIECE",
    "PRIVATE",
    "PUBLIC_MODE",
    "UNFINISHED",
    "Folder",
    "HeldPath",
    "NewFiles",
    "WriteError",
    "below",
    "create_below",
    "create_from",
    "create_in",
    "explain",
    "hold",
    "link_below",
    "make_below",
    "open_root",
    "pieces_below",
    "pieces_in",
    "put",
    "put_folder",
    "read",
    "read_below",
    "read_in",
    "replace",
    "replace_in",
    "shown_path",
    "touch",
    "unused_name",
    "write_all",
]
