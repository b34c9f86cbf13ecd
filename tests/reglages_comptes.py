"""Settings of a web server under test that requires a second factor."""

from bnr.settings import *

SECOND_FACTEUR_EXIGE = True
