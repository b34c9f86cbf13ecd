"""Published versions never change; what is in force is published; the noyau mirrors its files."""

import csv
from itertools import count

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from situations import actions, noyau
from situations.miroir import refleter
from situations.models import (
    Domaine,
    Droit,
    MiseEnVigueur,
    Modalite,
    Question,
    Section,
    Situation,
    Variable,
    Version,
)
from situations.noyau import document_noyau
from situations.versions import definition_de, version_en_vigueur
from tests.gens import Gens, transmise
from tests.saisies import publier_version


def executer(sql: str, *parametres) -> None:
    """One statement, as someone would type it in psql."""
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)


def refusee(sql: str, *parametres, parce_que: str) -> None:
    with pytest.raises(DatabaseError, match=parce_que), transaction.atomic():
        executer(sql, *parametres)


def seconde_version(gens: Gens) -> Version:
    """Another version of the territory's form, its first question worded otherwise."""
    document = document_noyau()
    document["sections"][0]["questions"][0] |= {"libelle": "À quel mois remonte-t-elle ?"}
    return publier_version(gens, document)


def version_en_brouillon(gens: Gens) -> Version:
    return Version.objects.create(
        formulaire=gens.territoire.formulaire, numero=2, noyau=noyau.empreinte()
    )


# --- what a new territory finds -------------------------------------------------------------


def test_a_new_territory_has_a_published_form_made_of_the_whole_noyau(vans):
    version = version_en_vigueur(vans.territoire)

    assert version.numero == 1
    assert version.publiee_le is not None
    definition = definition_de(version.pk)
    assert definition.document() == document_noyau()
    posees = [
        question.variable for section in definition.sections for question in section.questions
    ]
    assert posees == [ligne["code"] for ligne in noyau.lire("variables")]
    assert {option.code for option in definition.listes["droits"]} == {
        ligne["code"] for ligne in noyau.lire("droits")
    }


def test_the_rows_of_the_first_version_say_the_same_as_its_document(vans):
    version = version_en_vigueur(vans.territoire)
    lignes = [
        (question.section.code, question.variable.code, question.libelle, question.condition)
        for question in Question.objects.filter(section__version=version)
        .select_related("section", "variable")
        .order_by("section__ordre", "ordre")
    ]
    assert lignes == [
        (section["code"], question["variable"], question["libelle"], question["condition"])
        for section in version.definition["sections"]
        for question in section["questions"]
    ]


# --- frozen ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE situations_version SET definition = '{}' WHERE id = %s",
        "UPDATE situations_version SET publiee_le = NULL WHERE id = %s",
        "UPDATE situations_version SET numero = 9 WHERE id = %s",
        "DELETE FROM situations_version WHERE id = %s",
    ],
)
def test_a_published_version_is_refused_by_postgresql_not_only_by_python(vans, ordre):
    version = version_en_vigueur(vans.territoire)
    refusee(ordre, version.pk, parce_que="est publiée")
    assert Version.objects.get(pk=version.pk).definition == document_noyau()


@pytest.mark.parametrize(
    "ordre",
    [
        "UPDATE situations_section SET titre = 'Autre' WHERE version_id = %s",
        "DELETE FROM situations_section WHERE version_id = %s",
        "INSERT INTO situations_section (version_id, code, titre, aide, portee, ordre)"
        " VALUES (%s, 'ajoutee', 'Ajoutée', '', 'situation', 9)",
        "UPDATE situations_question SET libelle = 'Autre' WHERE section_id IN"
        " (SELECT id FROM situations_section WHERE version_id = %s)",
        "DELETE FROM situations_question WHERE section_id IN"
        " (SELECT id FROM situations_section WHERE version_id = %s)",
        "INSERT INTO situations_question (section_id, variable_id, ordre, libelle, aide,"
        " obligatoire, doit_etre_posee, relations)"
        " SELECT s.id, v.id, 99, 'Une de plus ?', '', false, false, '{}'"
        " FROM situations_section s, situations_variable v"
        " WHERE s.version_id = %s AND s.code = 'personne' AND v.code = 'venue'",
    ],
)
def test_the_sections_and_questions_of_a_published_version_are_frozen(vans, ordre):
    refusee(ordre, version_en_vigueur(vans.territoire).pk, parce_que="est publiée")


def test_a_question_cannot_be_moved_in_or_out_of_a_published_version(vans):
    publiee = Section.objects.filter(version=version_en_vigueur(vans.territoire)).first()
    brouillon = Section.objects.create(
        version=version_en_brouillon(vans),
        code="s",
        titre="S",
        portee="situation",
        ordre=0,
    )
    libre = Question.objects.create(
        section=brouillon, variable=Variable.objects.get(code="mobilite"), ordre=1, libelle="?"
    )
    deplacer = "UPDATE situations_question SET section_id = %s WHERE id = %s"
    refusee(deplacer, publiee.pk, libre.pk, parce_que="est publiée")
    refusee(deplacer, brouillon.pk, publiee.questions.first().pk, parce_que="est publiée")
    refusee(
        "UPDATE situations_section SET version_id = %s WHERE id = %s",
        publiee.version_id,
        brouillon.pk,
        parce_que="est publiée",
    )


def test_a_version_that_is_not_published_can_still_be_changed_and_thrown_away(vans):
    version = version_en_brouillon(vans)
    executer("UPDATE situations_version SET numero = 3 WHERE id = %s", version.pk)
    executer("DELETE FROM situations_version WHERE id = %s", version.pk)
    assert not Version.objects.filter(pk=version.pk).exists()


def test_a_published_version_must_carry_its_definition(vans):
    version = version_en_brouillon(vans)
    with pytest.raises(IntegrityError, match="porte_sa_definition"), transaction.atomic():
        executer("UPDATE situations_version SET publiee_le = now() WHERE id = %s", version.pk)


# --- in force -------------------------------------------------------------------------------


def test_a_form_has_one_version_in_force(vans):
    en_vigueur = version_en_vigueur(vans.territoire)
    with pytest.raises(IntegrityError, match="une_seule_version"), transaction.atomic():
        MiseEnVigueur.objects.create(
            formulaire=vans.territoire.formulaire, version=en_vigueur, par=vans.administrateur
        )


def test_only_a_published_version_is_put_in_force(vans):
    version = version_en_brouillon(vans)
    with pytest.raises(IntegrityError, match="Seule une version publiée"), transaction.atomic():
        actions.mettre_en_vigueur(version=version, par=vans.administrateur)
    assert version_en_vigueur(vans.territoire).numero == 1


def test_the_version_of_another_form_is_never_put_in_force(vans, drome):
    etrangere = version_en_vigueur(drome.territoire)
    with pytest.raises(IntegrityError, match="de ce formulaire"), transaction.atomic():
        executer(
            "UPDATE situations_miseenvigueur SET version_id = %s WHERE formulaire_id = %s",
            etrangere.pk,
            vans.territoire.formulaire.pk,
        )


def test_the_former_version_put_back_in_force_is_what_new_drafts_use(vans):
    premiere = version_en_vigueur(vans.territoire)
    seconde = seconde_version(vans)
    assert version_en_vigueur(vans.territoire) == seconde
    avec_la_seconde = transmise(vans, vans.travail)

    actions.mettre_en_vigueur(version=premiere, par=vans.administrateur)

    assert version_en_vigueur(vans.territoire) == premiere
    assert vans.territoire.formulaire.version_en_vigueur == premiere
    assert transmise(vans, vans.travail).version_id == premiere.pk
    assert Situation.objects.get(pk=avec_la_seconde.pk).version_id == seconde.pk
    mises = vans.territoire.formulaire.mises_en_vigueur.order_by("depuis", "pk")
    assert [mise.version.numero for mise in mises] == [1, 2, 1]
    assert [mise.jusqua is None for mise in mises] == [False, False, True]


def test_publishing_in_one_territory_changes_nothing_in_another(vans, drome):
    seconde_version(vans)
    assert version_en_vigueur(drome.territoire).numero == 1


# --- the noyau and its mirror ---------------------------------------------------------------


def lignes_du_fichier(nom: str) -> list[dict]:
    with (noyau.DOSSIER / f"{nom}.csv").open(encoding="utf-8", newline="") as flux:
        return list(csv.DictReader(flux))


def test_the_tables_hold_what_the_files_declare(db):
    fichiers = {nom: lignes_du_fichier(nom) for nom in noyau.FICHIERS}

    assert Domaine.objects.count() == len(fichiers["domaines"])
    assert Variable.objects.count() == len(fichiers["variables"])
    assert Droit.objects.filter(retire=False).count() == len(fichiers["droits"])
    assert Modalite.objects.filter(liste="motifs").count() == len(fichiers["motifs"])
    assert Modalite.objects.filter(liste="types").count() == len(fichiers["types"])
    autres = Modalite.objects.exclude(liste__in=["motifs", "types", "organismes"])
    assert autres.count() == len(fichiers["modalites"])
    assert list(Droit.objects.values_list("code", "libelle", "domaine", "nature")) == [
        (ligne["code"], ligne["libelle"], ligne["domaine"], ligne["nature"])
        for ligne in fichiers["droits"]
    ]
    assert set(Variable.objects.values_list("code", "portee", "genre", "liste")) == {
        (ligne["code"], ligne["portee"], ligne["type"], ligne["liste"])
        for ligne in fichiers["variables"]
    }
    assert list(
        Modalite.objects.filter(liste="age").values_list("code", "libelle", "exclusif")
    ) == [
        (ligne["code"], ligne["libelle"], ligne["exclusif"] == "1")
        for ligne in sorted(fichiers["modalites"], key=lambda ligne: int(ligne["ordre"]))
        if ligne["liste"] == "age"
    ]
    assert Modalite.objects.get(liste="motifs", code="nc_info").attributs == {
        "type": "NC",
        "registre": "contraint",
    }


def test_mirroring_the_same_files_again_does_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert refleter(using="default") is False


@pytest.fixture
def proprietaire(django_db_setup, django_db_blocker, monkeypatch):
    """The connection of the owner of the schema, as `migrate` has it; to be asked for first."""
    with django_db_blocker.unblock():
        connections["default"].close()
        monkeypatch.setitem(connections["default"].settings_dict, "USER", "bnr_proprietaire")
        yield
        connections["default"].close()


@pytest.fixture
def declarer(proprietaire, monkeypatch, db):
    """Makes the noyau declare other rows than its files', under another fingerprint."""
    lire, numeros = noyau.lire, count()

    def declarer(**fichiers):
        monkeypatch.setattr(
            noyau, "lire", lambda nom: tuple(fichiers[nom]) if nom in fichiers else lire(nom)
        )
        empreinte = f"autre {next(numeros)}"
        monkeypatch.setattr(noyau, "empreinte", lambda: empreinte)
        noyau.listes.cache_clear()

    yield declarer
    noyau.listes.cache_clear()


def test_what_the_files_no_longer_declare_is_retired_and_kept(declarer, vans):
    situation = transmise(vans, vans.travail)
    version = Version.objects.get(pk=situation.version_id)
    droits = [dict(ligne) for ligne in noyau.lire("droits") if ligne["code"] != "aspa"]
    droits[0]["libelle"] = "Revenu de base"
    modalites = [ligne for ligne in noyau.lire("modalites") if ligne["code"] != "a_75p"]
    variables = [ligne for ligne in noyau.lire("variables") if ligne["code"] != "mobilite"]
    nombres = Droit.objects.count(), Modalite.objects.count(), Variable.objects.count()
    declarer(droits=droits, modalites=modalites, variables=variables)

    assert refleter(using="default") is True

    assert (Droit.objects.count(), Modalite.objects.count(), Variable.objects.count()) == nombres
    assert [droit.code for droit in Droit.objects.filter(retire=True)] == ["aspa"]
    assert [m.code for m in Modalite.objects.filter(retiree=True)] == ["a_75p"]
    assert [v.code for v in Variable.objects.filter(retiree=True)] == ["mobilite"]
    assert Droit.objects.get(code=droits[0]["code"]).libelle == "Revenu de base"
    publiee = Version.objects.get(pk=version.pk)
    assert (publiee.definition, publiee.noyau) == (version.definition, version.noyau)
    assert refleter(using="default") is False


def test_a_right_declared_again_is_no_longer_retired(declarer):
    tous = noyau.lire("droits")
    declarer(droits=[ligne for ligne in tous if ligne["code"] != "aspa"])
    refleter(using="default")
    assert Droit.objects.get(code="aspa").retire
    declarer(droits=tous)

    refleter(using="default")

    assert not Droit.objects.filter(retire=True).exists()


def test_what_a_territory_added_is_left_alone_by_the_mirror(declarer, vans):
    local = Modalite.objects.create(
        liste="contexte",
        code="marche",
        libelle="Sur le marché",
        ordre=90,
        territoire=vans.territoire,
        raffine=Modalite.objects.get(liste="contexte", code="autre"),
    )
    declarer()
    refleter(using="default")
    local.refresh_from_db()
    assert not local.retiree
    assert local.libelle == "Sur le marché"
