"""A territory's form as an XLSForm file, and back as its draft."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from situations.actions.adaptation import importer_brouillon
from situations.noyau import document_noyau
from situations.versions import version_en_vigueur
from situations.xlsform import Rapport, exporter, importer
from situations.xlsform.archive import TAILLE_MAX
from territoires.models import Territoire


class Command(BaseCommand):
    help = "Exporte le formulaire en vigueur d’un territoire en XLSForm, ou en importe un en brouillon."

    def add_arguments(self, parser):
        gestes = parser.add_subparsers(dest="geste", required=True, metavar="exporter|importer")
        for nom, aide in (
            ("exporter", "écrit le formulaire en vigueur dans un fichier .xlsx"),
            (
                "importer",
                "remplace le brouillon du territoire par le formulaire d’un fichier .xlsx",
            ),
        ):
            geste = gestes.add_parser(nom, help=aide)
            geste.add_argument("territoire", metavar="TERRITOIRE", help="par exemple pays-des-vans")
            geste.add_argument("fichier", metavar="FICHIER", type=Path)

    def handle(self, *, geste, territoire, fichier, **options):
        trouve = Territoire.objects.filter(slug=territoire).first()
        if trouve is None:
            connus = ", ".join(Territoire.objects.values_list("slug", flat=True)) or "aucun"
            raise CommandError(
                f"Le territoire « {territoire} » n’existe pas. Territoires : {connus}."
            )
        {"exporter": self._exporter, "importer": self._importer}[geste](trouve, fichier)

    def _exporter(self, territoire: Territoire, fichier: Path):
        version = version_en_vigueur(territoire)
        if version is None:
            raise CommandError(f"{territoire.nom} n’a pas de formulaire en vigueur.")
        contenu = exporter(
            version.definition,
            titre=f"{territoire.nom} – baromètre du non-recours",
            identifiant=territoire.slug,
            version=str(version.numero),
        )
        try:
            fichier.write_bytes(contenu)
        except OSError as erreur:
            raise CommandError(f"Impossible d’écrire {fichier} : {erreur.strerror}.") from erreur
        self.stdout.write(f"Version {version.numero} de {territoire.nom} écrite dans {fichier}.")

    def _importer(self, territoire: Territoire, fichier: Path):
        rapport = importer(_lire(fichier), noyau=document_noyau(), territoire=territoire.slug)
        if rapport.document is not None:
            importer_brouillon(territoire=territoire, document=rapport.document, par=None)
        self._afficher(rapport)
        if rapport.document is None:
            raise CommandError(rapport.refus)
        self.stdout.write(f"Le brouillon de {territoire.nom} est remplacé ; rien n’est publié.")

    def _afficher(self, rapport: Rapport):
        if rapport.repris:
            self.stdout.write(f"Repris : {rapport.repris}.")
        for remarque in rapport.remarques:
            self.stdout.write(f"À savoir : {remarque}")
        if rapport.ecartes:
            self.stdout.write(f"Non repris, ou repris autrement ({len(rapport.ecartes)}) :")
        for ecart in rapport.ecartes:
            self.stdout.write(f"  {ecart.phrase}")


def _lire(fichier: Path) -> bytes:
    """The bytes of the file, one more than permitted at most."""
    try:
        with fichier.open("rb") as flux:
            return flux.read(TAILLE_MAX + 1)
    except OSError as erreur:
        raise CommandError(f"Impossible de lire {fichier} : {erreur.strerror}.") from erreur
