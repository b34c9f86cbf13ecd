"""Reading invitations: the key of a link, and what a list of people to invite is worth."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import date_format
from django.utils.timezone import localtime

from territoires import collage
from territoires.collage import Ligne
from territoires.models import Comite, Invitation, Membre, Organisme, Territoire
from territoires.permissions import se_donnerait_a_lire

VALIDITE = timedelta(days=30)
SOI_MEME = (
    "Vous administrez ce territoire sans y lire de situation\u00a0: vous ne pouvez pas vous donner "
    "vous-même ce siège. Demandez-le à l’animateur ou à un autre administrateur."
)


def empreinte(cle: str) -> str:
    """What is kept of a link's key: its SHA-256, in hexadecimal."""
    return hashlib.sha256(cle.encode()).hexdigest()


class Suite(StrEnum):
    """What becomes of a line of the list."""

    PRETE = "prête"
    SANS_SUITE = "rien à faire"
    A_CORRIGER = "à corriger"


@dataclass
class Examinee:
    """One line of the list, judged: `erreurs` by field, or why nothing is to be done."""

    ligne: Ligne
    comite: Comite | None = None
    organisme: Organisme | None = None
    email: str = ""
    erreurs: dict[str, str] = field(default_factory=dict)
    sans_suite: str = ""

    @property
    def suite(self) -> Suite:
        if self.erreurs:
            return Suite.A_CORRIGER
        return Suite.SANS_SUITE if self.sans_suite else Suite.PRETE


class Examen:
    """What a territory already has, against which the lines of a list are judged."""

    def __init__(self, territoire: Territoire, par):
        self.par = par
        self.comites = list(territoire.comites.select_related("territoire"))
        self.connus = reperes(self.comites)
        self.organismes = {organisme.nom: organisme for organisme in territoire.organismes.all()}
        self.assis = set(
            Membre.objects.actuels()
            .filter(comite__territoire=territoire)
            .values_list("utilisateur__email", "comite")
        )
        self.invites = {
            (invitation.email, invitation.comite_id): invitation
            for invitation in territoire.invitations.ouvertes().exclude(comite=None)
        }

    def examiner(self, lignes: Sequence[Ligne]) -> list[Examinee]:
        """Each line judged, in order; the second of two same addresses is the one in excess."""
        examinees = [self._juger(ligne) for ligne in lignes]
        premieres: dict[tuple, Examinee] = {}
        for une in examinees:
            if une.suite is Suite.A_CORRIGER:
                continue
            premiere = premieres.setdefault((une.email, une.comite.pk), une)
            if premiere is not une:
                une.sans_suite = (
                    f"Même adresse et même comité qu’à la ligne {premiere.ligne.numero}\u00a0: "
                    "une invitation suffit."
                )
        return examinees

    def _juger(self, ligne: Ligne) -> Examinee:
        une = Examinee(ligne)
        self._juger_personne(une)
        self._juger_organisme(une)
        self._juger_comite(une)
        if not une.erreurs:
            une.sans_suite = self._deja(une)
            if not une.sans_suite and se_donnerait_a_lire(self.par, une.comite, une.email):
                une.erreurs["comite"] = SOI_MEME
        return une

    def _juger_personne(self, une: Examinee) -> None:
        if len(une.ligne.nom) > 120:
            une.erreurs["nom"] = "Ce nom est trop long\u00a0: 120 caractères au plus."
        une.email = une.ligne.email.lower()
        if not une.email:
            une.erreurs["email"] = "L’adresse e-mail manque\u00a0: ajoutez-la."
            return
        try:
            validate_email(une.email)
        except ValidationError:
            une.erreurs["email"] = (
                f"«\u00a0{une.ligne.email}\u00a0» n’est pas une adresse complète\u00a0: "
                "écrivez-la comme prenom.nom@ccas.example."
            )
        if len(une.email) > 254:
            une.erreurs["email"] = "Cette adresse est trop longue\u00a0: 254 caractères au plus."

    def _juger_organisme(self, une: Examinee) -> None:
        texte = une.ligne.organisme
        nom = collage.trouver_organisme(texte, self.organismes)
        if nom:
            une.organisme = self.organismes[nom]
        elif not texte:
            une.erreurs["organisme"] = "L’organisme manque\u00a0: choisissez-le."
        elif ressemble := collage.proche(texte, self.organismes):
            une.erreurs["organisme"] = (
                f"«\u00a0{texte}\u00a0» n’est pas un organisme de ce territoire. "
                f"Est-ce «\u00a0{ressemble}\u00a0»\u00a0? Sinon, créez-le en haut de cette page."
            )
        else:
            une.erreurs["organisme"] = (
                f"«\u00a0{texte}\u00a0» n’est pas un organisme de ce territoire\u00a0: choisissez-en un autre, "
                "ou créez-le en haut de cette page."
            )

    def _juger_comite(self, une: Examinee) -> None:
        texte = une.ligne.comite
        rangs = collage.trouver_comites(texte, self.connus)
        if len(rangs) == 1:
            une.comite = self.comites[rangs[0]]
        elif rangs:
            une.erreurs["comite"] = (
                f"«\u00a0{texte}\u00a0» peut désigner plusieurs groupes\u00a0: choisissez lequel."
            )
        elif texte:
            une.erreurs["comite"] = (
                f"«\u00a0{texte}\u00a0» n’est pas un comité d’ici\u00a0: choisissez-en un."
            )
        else:
            une.erreurs["comite"] = "Le comité manque\u00a0: choisissez-le."

    def _deja(self, une: Examinee) -> str:
        """Why inviting this person there is pointless, or nothing."""
        cle = (une.email, une.comite.pk)
        if cle in self.assis:
            return f"Siège déjà\u00a0: {une.comite}."
        if invitation := self.invites.get(cle):
            le = date_format(localtime(invitation.creee_le), "j F Y")
            return f"Déjà dans les invitations, depuis le {le}."
        return ""


def reperes(comites: Iterable[Comite]) -> list[collage.Comite]:
    """What a pasted list recognises these committees by."""
    return [collage.Comite(comite.nature, str(comite)) for comite in comites]


def organismes_inconnus(examinees: Iterable[Examinee]) -> list[str]:
    """The names of organismes written and not found here, each once, as first written."""
    noms: dict[str, str] = {}
    for une in examinees:
        if "organisme" in une.erreurs and une.ligne.organisme:
            noms.setdefault(collage.normaliser(une.ligne.organisme), une.ligne.organisme)
    return list(noms.values())


def invitation_de(cle: str) -> Invitation | None:
    """The invitation that a link's key opens, whatever its state."""
    return (
        Invitation.objects.select_related("territoire", "comite", "organisme", "par")
        .filter(empreinte=empreinte(cle))
        .first()
    )
