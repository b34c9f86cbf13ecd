"""Settings of a web server under test that requires a second factor and whose sessions are short."""

import os

from bnr.settings import *

SECOND_FACTEUR_EXIGE = True
SESSION_INACTIVITE = int(os.environ.get("TEST_INACTIVITE", SESSION_INACTIVITE))
SESSION_AVERTIR = int(os.environ.get("TEST_AVERTIR", SESSION_AVERTIR))
SESSION_PAS = min(SESSION_PAS, SESSION_INACTIVITE // 4)
