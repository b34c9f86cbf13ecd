"""Measures the application on a large number of invented situations, in a database of its own."""

import json
from collections.abc import Callable
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from pilotage import memoire
from pilotage.banc.base import NOM, BaseImpossible, base_du_banc
from pilotage.banc.comptages import comparer, mesurer_instantane
from pilotage.banc.gestes import ReponseInattendue, mesurer_gestes, mesurer_pages
from pilotage.banc.moteurs.canard import MoteurAbsent, exiger_duckdb
from pilotage.banc.rapport import Rapport, en_json, en_texte
from pilotage.banc.remplissage import remplir
from pilotage.banc.verification import ComptesDifferents
from pilotage.instantane.vivant import VIVANT

MINIMUM, MAXIMUM = 100, 5_000_000


class Command(BaseCommand):
    help = "Mesure les temps de réponse sur un grand nombre de situations inventées."

    def add_arguments(self, parser):
        parser.add_argument(
            "--situations", metavar="N", default="20000", help="combien en inventer (20000)"
        )
        parser.add_argument(
            "--repetitions", metavar="N", default="10", help="nombre de tours de mesure (10)"
        )
        parser.add_argument(
            "--base",
            metavar="ADRESSE",
            help=f"postgres://… d’une base à créer puis effacer ({NOM}, sur le serveur embarqué)",
        )
        parser.add_argument(
            "--gestes", action="store_true", help="mesure aussi la saisie : ouvrir, enregistrer…"
        )
        parser.add_argument("--garder", action="store_true", help="n’efface pas la base à la fin")
        parser.add_argument(
            "--json", action="store_true", help="n’écrit qu’un objet JSON sur la sortie standard"
        )

    def handle(self, *, situations, repetitions, base, gestes, garder, json: bool, **options):
        nombre = _entier("--situations", situations, MINIMUM, MAXIMUM)
        tours = _entier("--repetitions", repetitions, 1, 1000)
        try:
            exiger_duckdb()
            with base_du_banc(base, garder=garder) as executer:
                rapport = self._mesurer(nombre, tours, executer, gestes)
        except (BaseImpossible, MoteurAbsent) as erreur:
            raise CommandError(str(erreur)) from erreur
        except ComptesDifferents as erreur:
            raise CommandError(
                f"Tous les moteurs ne comptent pas pareil, rien n’est mesuré. {erreur}"
            ) from erreur
        except ReponseInattendue as erreur:
            raise CommandError(f"Une page n’a pas répondu comme prévu : {erreur}") from erreur
        except KeyboardInterrupt:
            raise CommandError("Banc interrompu.") from None
        self.stdout.write(_en_json(rapport) if json else en_texte(rapport))

    def _mesurer(
        self, nombre: int, tours: int, executer: Callable[[str], None], gestes: bool
    ) -> Rapport:
        self._annoncer(f"Préparation de {nombre} situations…")
        debut = perf_counter()
        monde = remplir(nombre)
        executer("VACUUM ANALYZE")
        preparation = perf_counter() - debut
        # As the web server does once it has started.
        memoire.regler()
        comparaisons = comparer(monde, tours, executer, self._annoncer)
        self._annoncer("Instantané…")
        etat, instantanes = mesurer_instantane(monde, tours)
        VIVANT.prendre(etat)
        self._annoncer("Pages…")
        pages = mesurer_pages(monde, tours)
        saisie = mesurer_gestes(monde, tours) if gestes else []
        return Rapport(nombre, tours, preparation, comparaisons, instantanes, pages, saisie)

    def _annoncer(self, phrase: str) -> None:
        self.stderr.write(phrase, self.style.NOTICE)


def _en_json(rapport: Rapport) -> str:
    return json.dumps(en_json(rapport), ensure_ascii=False, indent=2)


def _entier(option: str, texte: str, minimum: int, maximum: int) -> int:
    if not (texte.isascii() and texte.isdecimal() and minimum <= int(texte) <= maximum):
        raise CommandError(
            f"{option} vaut « {texte} » : donnez un nombre entier de {minimum} à {maximum}."
        )
    return int(texte)
