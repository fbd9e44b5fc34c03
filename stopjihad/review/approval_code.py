"""Codes with which a person who is elsewhere says yes or no to the words of an alert.

A code is a keyed digest, cut short: who lacks the secret cannot make one, and it fits nothing but
what it was made for. It is read aloud over a bad line: letters that sound or look alike are left
out or taken for one another, and two letters at its end find what was misheard.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from typing import Literal

Answer = Literal["yes", "no"]

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs without I, L, O and U (Crockford's Base 32, crockford.com/base32.html)."""

PROOF = 13
"""Signs of the digest: 65 bits."""

CHECK = 2
"""Signs that find a slip: of random ones one in 1,024 passes."""

GROUP = 5
"""Signs between two hyphens."""

_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def make_code(secret: bytes, bound: tuple[str, ...], answer: Answer) -> str:
    """Make a code.

    Args:
        bound: all that the code is for, such as the alert, its words and the person.

    Returns:
        15 signs in three groups.
    """
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    whole = "".join(f"{len(part)}:{part}" for part in (*bound, answer))
    digest = hmac.new(secret, whole.encode("utf-8", "surrogatepass"), "sha256").digest()
    proof = _signs(digest, PROOF)
    code = proof + check_signs(proof)
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(text: str) -> str | None:
    """Read a code as it was pasted or heard.

    Args:
        text: capitals or not, with or without hyphens and spaces, O for 0, I or L for 1.

    Returns:
        The code as ``make_code`` writes it; None where it is misspelt.
    """
    if len(text) > 200:
        return None
    whole = unicodedata.normalize("NFKC", text).upper()
    code = "".join(filter(str.isalnum, whole)).translate(_ALIKE)
    proof, check = code[:PROOF], code[PROOF:]
    if len(proof) != PROOF or set(code) - set(LETTERS) or check != check_signs(proof):
        return None
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def check_signs(proof: str) -> str:
    """Give the signs at the end of a code, from those of its ``proof``: anybody can make them."""
    return _signs(hashlib.sha256(f"check {proof}".encode()).digest(), CHECK)


def _signs(digest: bytes, count: int) -> str:
    """Write the first bits of a digest, five a sign."""
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - 5 * count)
    return "".join(LETTERS[number >> 5 * at & 31] for at in reversed(range(count)))
