"""Frozen records shared by every stage, and their base class; behaviour is what follows from one.

What people write: the ``campaign``, a ``point`` and its ``correction``, ``alert``, ``helpline``,
``media``, ``partner``, ``targets`` of publishing, ``own_rules`` beside the message rules, the
ledger (``review``, in the order of its ``chain``), each ``remark``, ``posting`` and ``queued``
post, and each ``translation``, with ``contexts`` for its texts; a ``project`` is all of it, a
``change_set`` some drafts of it.
What is built: an ``output`` and its kinds of step, ``options`` that are asked for, a ``step`` and
the ``input_names`` of what it is made from.
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Authored values without behaviour; equal values are equal records."""
