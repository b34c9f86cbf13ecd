"""`manage.py xlsform`: the form in force to a file, a file to the draft, plain words either way."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pyxform.xls2xform import convert

from situations.noyau import document_noyau
from situations.versions import version_en_vigueur
from situations.xlsform import importer
from tests.classeurs import SURVEY, classeur

pytestmark = pytest.mark.django_db


def xlsform(*arguments) -> str:
    sortie = StringIO()
    call_command("xlsform", *map(str, arguments), stdout=sortie)
    return sortie.getvalue()


def brouillon(territoire):
    return territoire.formulaire.versions.get(publiee_le__isnull=True)


def test_exporter_puis_importer_donne_le_meme_formulaire_en_brouillon(vans, tmp_path):
    fichier = tmp_path / "vans.xlsx"
    assert "Version 1" in xlsform("exporter", "pays-des-vans", fichier)
    avertissements = []
    convert(fichier.read_bytes(), warnings=avertissements)
    assert avertissements == []
    en_vigueur = version_en_vigueur(vans.territoire)
    sortie = xlsform("importer", "pays-des-vans", fichier)
    assert "Repris : 4\u00a0sections" in sortie
    assert "rien n’est publié" in sortie
    assert brouillon(vans.territoire).definition == en_vigueur.definition
    assert version_en_vigueur(vans.territoire) == en_vigueur


def test_l_import_dit_ce_qu_il_n_a_pas_repris_ligne_par_ligne(vans, tmp_path):
    fichier = tmp_path / "terrain.xlsx"
    fichier.write_bytes(classeur([SURVEY, ("text", "a", "A"), ("geopoint", "gps", "Où ?")]))
    sortie = xlsform("importer", "pays-des-vans", fichier)
    assert "Non repris, ou repris autrement (1)" in sortie
    assert "ligne\u00a03" in sortie
    assert "aucune position" in sortie


def test_un_fichier_refuse_ne_touche_pas_au_brouillon(vans, tmp_path):
    fichier = tmp_path / "photo.xlsx"
    fichier.write_bytes(b"ceci n'est pas un classeur")
    with pytest.raises(CommandError, match="n’est pas un classeur"):
        xlsform("importer", "pays-des-vans", fichier)
    assert not vans.territoire.formulaire.versions.filter(publiee_le__isnull=True).exists()


@pytest.mark.parametrize("geste", ["exporter", "importer"])
def test_un_territoire_inconnu_est_dit_avec_ceux_qui_existent(vans, geste, tmp_path):
    with pytest.raises(
        CommandError, match=r"« atlantide » n’existe pas\. Territoires : pays-des-vans"
    ):
        xlsform(geste, "atlantide", tmp_path / "f.xlsx")


def test_un_fichier_introuvable_ou_interdit_d_ecriture_est_dit(vans, tmp_path):
    with pytest.raises(CommandError, match="Impossible de lire"):
        xlsform("importer", "pays-des-vans", tmp_path / "absent.xlsx")
    with pytest.raises(CommandError, match="Impossible d’écrire"):
        xlsform("exporter", "pays-des-vans", tmp_path / "absent" / "f.xlsx")


def test_le_fichier_ecrit_se_relit_sans_base(vans, tmp_path):
    fichier = tmp_path / "vans.xlsx"
    xlsform("exporter", "pays-des-vans", fichier)
    rapport = importer(fichier.read_bytes(), noyau=document_noyau(), territoire="pays-des-vans")
    assert rapport.ecartes == []
