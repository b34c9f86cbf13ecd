"""Writing forms: open a territory's form, publish a version, put a version in force."""

from django.db import transaction
from django.utils import timezone

from situations import noyau
from situations.actions.locales import enregistrer_locales
from situations.models import Formulaire, MiseEnVigueur, Question, Section, Variable, Version
from situations.moteur.definition import Definition
from territoires import journal
from territoires.actions import creer_territoire as creer_territoire_seul
from territoires.models import Territoire


@transaction.atomic
def creer_territoire(*, par, **champs) -> Territoire:
    """A territory with its committees and a published form made of the noyau."""
    territoire = creer_territoire_seul(par=par, **champs)
    ouvrir_formulaire(territoire=territoire, par=par)
    return territoire


@transaction.atomic
def ouvrir_formulaire(*, territoire: Territoire, par) -> Formulaire:
    """Gives the territory a form whose first version, made of the noyau, is in force."""
    formulaire = Formulaire.objects.create(territoire=territoire)
    version = Version.objects.create(
        formulaire=formulaire,
        numero=1,
        definition=noyau.document_noyau(),
        noyau=noyau.empreinte(),
    )
    publier(version=version, par=par)
    return formulaire


@transaction.atomic
def publier(*, version: Version, par) -> None:
    """Freezes the version with the document it will be filled and read back with, and puts it
    in force. Raises `DefinitionInvalide` when the document cannot be filled."""
    version.definition = Definition.depuis(version.definition).document()
    territoire = version.formulaire.territoire
    enregistrer_locales(territoire, version.definition)
    _ecrire_lignes(version)
    version.publiee_le = timezone.now()
    version.publiee_par = par
    version.save()
    mettre_en_vigueur(version=version, par=par)
    journal.ecrire("publier", par=par, territoire=territoire, objet=version)


@transaction.atomic
def mettre_en_vigueur(*, version: Version, par) -> None:
    """New situations will be filled with this version, from now on."""
    formulaire = Formulaire.objects.select_for_update().get(pk=version.formulaire_id)
    formulaire.mises_en_vigueur.filter(jusqua__isnull=True).update(jusqua=timezone.now())
    MiseEnVigueur.objects.create(formulaire=formulaire, version=version, par=par)


def _ecrire_lignes(version: Version) -> None:
    """The rows that say which version asks which variable, and how."""
    variables = {variable.code: variable for variable in Variable.objects.all()}
    for ordre, section in enumerate(version.definition["sections"]):
        ligne = Section.objects.create(
            version=version,
            ordre=ordre,
            **{cle: section[cle] for cle in ("code", "titre", "aide", "portee")},
        )
        Question.objects.bulk_create(
            Question(
                section=ligne,
                ordre=rang,
                variable=variables[question["variable"]],
                relations={cle: question[cle] for cle in ("filtre", "exclut", "propose")},
                **{
                    cle: question[cle]
                    for cle in (
                        "libelle",
                        "aide",
                        "obligatoire",
                        "doit_etre_posee",
                        "min",
                        "max",
                        "classes",
                        "condition",
                    )
                },
            )
            for rang, question in enumerate(section["questions"])
        )
