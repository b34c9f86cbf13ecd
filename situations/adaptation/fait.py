"""One change, as a sentence and the place it is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """`cle` leads to the place: "question:<variable>", "section:<code>" or "liste:<nom>"."""

    cle: str
    phrase: str
