"""The demonstration situations obey the form, and hang together as in life."""

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from situations.anonymat import doutes, refus
from situations.demonstration import textes_precisions
from situations.demonstration.droits import DROITS
from situations.demonstration.generateur import SituationFictive, generer, produire
from situations.demonstration.recits import contracter
from situations.demonstration.territoires import (
    ADMINISTRATEUR_NATIONAL,
    TERRITOIRES,
    TerritoireDemo,
)
from situations.demonstration.textes_droits import (
    PROPOSITIONS_PAR_DROIT,
    PROPOSITIONS_PAR_TYPE,
    RECITS_PAR_DROIT,
)
from situations.demonstration.textes_motifs import RECITS_PAR_MOTIF
from situations.demonstration.textes_ouvertures import FINS, OUVERTURES
from situations.moteur.definition import Definition
from situations.moteur.verification import manques
from situations.noyau import document_noyau

RACINE = Path(__file__).parent.parent
JUSQUA = date(2026, 3, 17)
VANS, GRENOBLE, PUY_DE_DOME = TERRITOIRES
OUVERTS = {"is_ouvert", "is_rappel", "is_partiel"}


def lignes(chemin: str) -> list[dict[str, str]]:
    with (RACINE / chemin).open(encoding="utf-8", newline="") as fichier:
        return list(csv.DictReader(fichier))


VARIABLES = lignes("situations/donnees/variables.csv")
MOTIFS = {ligne["code"]: ligne["type"] for ligne in lignes("situations/donnees/motifs.csv")}
DROITS_CSV = {ligne["code"]: ligne for ligne in lignes("situations/donnees/droits.csv")}
CATEGORIES = {ligne["code"]: ligne for ligne in lignes("territoires/donnees/organismes.csv")}


@cache
def listes() -> dict[str, dict[str, bool]]:
    """Every list of the form: code → exclusive or not, in order."""
    trouvees: dict[str, dict[str, bool]] = {
        "types": {ligne["code"]: False for ligne in lignes("situations/donnees/types.csv")},
        "motifs": dict.fromkeys(MOTIFS, False),
        "droits": dict.fromkeys(DROITS_CSV, False),
        "organismes": {
            code: False for code, ligne in CATEGORIES.items() if ligne["competent"] == "1"
        },
    }
    for ligne in lignes("situations/donnees/modalites.csv"):
        exclusif = ligne["exclusif"] == "1"
        trouvees.setdefault(ligne["liste"], {})[ligne["code"]] = exclusif
    return trouvees


@cache
def situations(territoire: TerritoireDemo) -> list[SituationFictive]:
    return generer(territoire, jusqua=JUSQUA)


@cache
def nombreuses(territoire: TerritoireDemo) -> list[SituationFictive]:
    """The same territory in a much larger number, so that rare facts show."""
    return generer(replace(territoire, nombre=6000), jusqua=JUSQUA)


def transmises(toutes: list[SituationFictive]) -> list[SituationFictive]:
    return [situation for situation in toutes if situation.statut != "brouillon"]


def couples(toutes: list[SituationFictive], *droits: str) -> list[tuple[dict, dict]]:
    """(answers of the situation, answers of the non-recours) for these rights."""
    return [
        (situation.reponses, non_recours)
        for situation in transmises(toutes)
        for non_recours in situation.non_recours
        if not droits or non_recours["droit"] in droits
    ]


# --- An independent reading of variables.csv --------------------------------------------------


def est_posee(variable: dict[str, str], connues: dict) -> bool:
    if not variable["condition"]:
        return True
    source, valeurs = variable["condition"].split(" parmi ")
    return connues.get(source) in [valeur.strip() for valeur in valeurs.split(",")]


def defauts(variable: dict[str, str], valeur: object) -> list[str]:
    code, genre = variable["code"], variable["type"]
    maximum = int(variable["max"]) if variable["max"] else None
    if genre.startswith("texte"):
        convient = isinstance(valeur, str) and valeur == valeur.strip() and valeur != ""
        return [] if convient and len(valeur) <= maximum else [f"{code} : texte"]
    if genre == "mois":
        return [] if date.fromisoformat(f"{valeur}-01") else [f"{code} : mois"]
    offertes = listes()[variable["liste"]]
    if genre != "choix_multiple":
        return [] if valeur in offertes else [f"{code} : {valeur} hors liste"]
    ordre = [option for option in offertes if option in valeur]
    trouves = [] if valeur == ordre and valeur else [f"{code} : {valeur} hors liste ou désordonné"]
    if maximum and len(valeur) > maximum:
        trouves.append(f"{code} : trop de choix")
    if len(valeur) > 1 and any(offertes.get(option) for option in valeur):
        trouves.append(f"{code} : un choix exclusif n’est pas seul")
    return trouves


def defauts_du_bloc(portee: str, reponses: dict, connues: dict) -> list[str]:
    trouves = []
    variables = [variable for variable in VARIABLES if variable["portee"] == portee]
    inconnues = set(reponses) - {variable["code"] for variable in variables}
    trouves += [f"{code} : inconnue" for code in sorted(inconnues)]
    for variable in variables:
        code = variable["code"]
        if code not in reponses:
            if variable["obligatoire"] == "1" and est_posee(variable, connues):
                trouves.append(f"{code} : manque")
        elif not est_posee(variable, connues):
            trouves.append(f"{code} : n’est pas posée")
        else:
            trouves += defauts(variable, reponses[code])
    return trouves


def defauts_des_motifs(non_recours: dict) -> list[str]:
    types = [non_recours["type"], *non_recours.get("types_secondaires", [])]
    motifs = [non_recours["motif_principal"], *non_recours.get("motifs_secondaires", [])]
    trouves = [] if len(set(types)) == len(types) else ["un type secondaire répète le principal"]
    if len(set(motifs)) != len(motifs):
        trouves.append("un motif secondaire répète le principal")
    if "NSP" not in types:
        trouves += [
            f"{motif} hors des types" for motif in motifs if MOTIFS[motif] not in (*types, "*")
        ]
    return trouves


def tous_les_defauts(situation: SituationFictive) -> list[str]:
    trouves = defauts_du_bloc("situation", situation.reponses, situation.reponses)
    for non_recours in situation.non_recours:
        trouves += defauts_du_bloc("non_recours", non_recours, situation.reponses | non_recours)
        trouves += defauts_des_motifs(non_recours)
    droits = [non_recours["droit"] for non_recours in situation.non_recours]
    if not 1 <= len(droits) <= 4 or len(set(droits)) != len(droits):
        trouves.append("nombre de droits ou droit répété")
    return trouves


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_chaque_situation_transmise_obeit_au_formulaire(territoire):
    fautives = [tous_les_defauts(situation) for situation in transmises(nombreuses(territoire))]
    assert [defauts for defauts in fautives if defauts] == []


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_le_formulaire_du_noyau_les_laisse_transmettre(territoire):
    definition = Definition.depuis(document_noyau())
    for situation in transmises(situations(territoire)):
        reproches = manques(
            definition,
            situation.reponses,
            situation.non_recours,
            mois_min="2024-03",
            mois_max="2026-03",
        )
        assert reproches == []


def test_les_brouillons_sont_incomplets():
    definition = Definition.depuis(document_noyau())
    for territoire in TERRITOIRES:
        for situation in situations(territoire):
            if situation.statut == "brouillon":
                assert situation.transmise_le is None
                assert manques(
                    definition,
                    situation.reponses,
                    situation.non_recours,
                    mois_min="2024-03",
                    mois_max="2026-03",
                )


# --- Numbers, months, statuses ----------------------------------------------------------------


def test_autant_de_situations_que_promis():
    assert [len(situations(territoire)) for territoire in TERRITOIRES] == [150, 600, 300]


def test_memes_situations_pour_la_meme_graine_et_autres_pour_une_autre():
    assert generer(VANS, jusqua=JUSQUA) == situations(VANS)
    assert list(produire(VANS, jusqua=JUSQUA)) == situations(VANS)
    assert generer(VANS, jusqua=JUSQUA, graine=1) != situations(VANS)


@pytest.mark.parametrize(
    "jusqua", [date(2026, 3, 1), date(2026, 3, 2), date(2026, 1, 31), date(2024, 2, 29)]
)
def test_le_jour_ou_l_on_genere_ne_change_ni_le_nombre_ni_la_periode(jusqua):
    toutes = generer(VANS, jusqua=jusqua)
    assert len(toutes) == 150
    dernier = f"{jusqua:%Y-%m}"
    premier = f"{jusqua.year - 2 + (jusqua.month == 12)}-{jusqua.month % 12 + 1:02}"
    assert all(premier <= s.reponses["mois_observation"] <= dernier for s in toutes)
    assert all(s.transmise_le.date() < jusqua for s in transmises(toutes))


@pytest.mark.parametrize("nombre", [1, 5, 40])
def test_un_petit_territoire_se_remplit_aussi(nombre):
    assert len(generer(replace(VANS, nombre=nombre), jusqua=JUSQUA)) == nombre


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_l_usage_grandit_et_dort_en_aout(territoire):
    mois = Counter(s.reponses["mois_observation"] for s in situations(territoire))
    assert set(mois) <= {f"{a}-{m:02}" for a in (2024, 2025, 2026) for m in range(1, 13)}
    assert min(mois) == "2024-04"
    assert max(mois) == "2026-03"
    assert mois["2025-08"] < min(mois["2025-06"], mois["2025-09"])
    assert sum(n for m, n in mois.items() if m >= "2025-04") > sum(
        n for m, n in mois.items() if m < "2025-04"
    )


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_les_moments_se_suivent(territoire):
    fin = datetime(2026, 3, 17, tzinfo=UTC)
    for situation in transmises(nombreuses(territoire)):
        annee, mois = map(int, situation.reponses["mois_observation"].split("-"))
        assert datetime(annee, mois, 1, tzinfo=UTC) <= situation.transmise_le < fin
        assert situation.transmise_le - datetime(annee, mois, 1, tzinfo=UTC) < timedelta(days=92)
        assert (situation.validee_le is not None) == (situation.statut == "validee")
        if situation.validee_le:
            assert situation.transmise_le <= situation.validee_le < fin


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_la_file_de_relecture_ressemble_a_un_mois_ordinaire(territoire):
    toutes = situations(territoire)
    statuts = Counter(situation.statut for situation in toutes)
    assert set(statuts) == {"brouillon", "transmise", "a_completer", "validee", "ecartee"}
    assert statuts["validee"] > 0.8 * len(toutes)
    recent = datetime(2026, 1, 1, tzinfo=UTC)
    for situation in toutes:
        if situation.statut == "brouillon":
            assert situation.reponses["mois_observation"] >= "2026-01"
        if situation.statut == "transmise":
            assert situation.transmise_le >= recent
        assert (situation.statut == "ecartee") == bool(situation.motif_ecart)
        assert bool(situation.message) == (situation.statut in ("a_completer", "ecartee"))
    ecarts = {situation.motif_ecart for situation in toutes} - {""}
    assert ecarts == {"doublon", "pas_un_non_recours", "hors_territoire"}


# --- Trade facts ------------------------------------------------------------------------------


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_faits_du_metier(territoire):
    toutes = nombreuses(territoire)
    for reponses, _ in couples(toutes, "aspa"):
        assert reponses["age"] in ("a_65_74", "a_75p")
        assert reponses["activite"] == "ac_retr"
    for reponses, _ in couples(toutes, "bourse_college", "bourse_lycee", "cantine", "asf"):
        assert reponses["enfants"] in ("e1", "e2", "e3p")
    for reponses, _ in couples(toutes, "cf"):
        assert reponses["enfants"] == "e3p"
    for reponses, _ in couples(toutes, "rsa"):
        jeune = reponses["age"] == "a_18_24"
        assert not jeune or reponses["famille"] in ("f_mono", "f_couple_enf")
        assert reponses.get("ressource_nature") != "r_minima"
    for reponses, _ in couples(toutes, "al"):
        assert reponses["logement"] in ("l_hlm", "l_prive", "l_foyer")
    for reponses, _ in couples(toutes, "ppa"):
        assert reponses["activite"] in (
            "ac_cdi_tp",
            "ac_cdi_part",
            "ac_court",
            "ac_indep",
            "ac_agri",
            "ac_alter",
        )
    for reponses, _ in couples(toutes, "fsl_maintien"):
        assert "c_impaye_loyer" in reponses.get("consequences", ["c_impaye_loyer"])
    for reponses, _ in couples(toutes, "fsl_energie"):
        assert "c_impaye_energie" in reponses.get("consequences", ["c_impaye_energie"])


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_l_organisme_est_l_un_de_ceux_du_droit(territoire):
    for reponses, non_recours in couples(nombreuses(territoire)):
        organisme = non_recours.get("organisme")
        if organisme is None or non_recours["droit"] == "autre":
            continue
        possibles = DROITS_CSV[non_recours["droit"]]["organismes"].split("|")
        assert organisme in possibles
        if reponses["activite"] == "ac_agri" and "MSA" in possibles:
            assert organisme == "MSA"
        if territoire != GRENOBLE:
            assert organisme != "METRO"


def test_le_motif_de_l_aspa_est_souvent_la_succession():
    motifs = Counter(
        non_recours["motif_principal"] for _, non_recours in couples(nombreuses(VANS), "aspa")
    )
    assert motifs.most_common(1)[0][0] == "nd_succession"
    autres = [
        non_recours
        for _, non_recours in couples(nombreuses(VANS))
        if non_recours["motif_principal"] == "nd_succession"
    ]
    assert {non_recours["droit"] for non_recours in autres} <= {"aspa", "ash", "aide_menagere"}


def test_pas_de_quartier_prioritaire_a_la_campagne():
    zones = Counter(s.reponses.get("zone") for s in nombreuses(VANS))
    assert zones["z_qpv"] == 0
    assert zones["z_rural"] > zones["z_periurbain"] > 0
    assert Counter(s.reponses.get("zone") for s in nombreuses(GRENOBLE))["z_qpv"] > 0


def test_l_eloignement_pese_davantage_a_la_campagne():
    def part(territoire: TerritoireDemo) -> float:
        dits = [nr["obstacles"] for _, nr in couples(nombreuses(territoire)) if "obstacles" in nr]
        return sum("ob_mob_geo" in obstacles for obstacles in dits) / len(dits)

    assert part(VANS) > 3 * part(GRENOBLE)


def test_les_plus_anciennes_sont_plus_souvent_ouvertes():
    def part(premier: str, dernier: str) -> float:
        issues = [
            nr["issue"]
            for reponses, nr in couples(nombreuses(GRENOBLE))
            if premier <= reponses["mois_observation"] <= dernier
        ]
        return sum(issue in OUVERTS for issue in issues) / len(issues)

    assert part("2026-03", "2026-03") < part("2025-09", "2025-11") < part("2024-04", "2025-03")


def test_on_n_ouvre_pas_un_droit_avant_de_l_avoir_repere():
    for reponses, non_recours in couples(nombreuses(PUY_DE_DOME)):
        if "delai_ouverture" in non_recours:
            assert non_recours["issue"] in OUVERTS
            assert non_recours.get("demande_deposee", "oui") == "oui"
            if reponses["mois_observation"] >= "2026-02":
                assert non_recours["delai_ouverture"] in ("de_m1", "de_1_3", "nsp")


def test_l_intensite_suit_les_consequences():
    notes: dict[str, list[int]] = {"c_heberg": [], "c_budget": [], "c_aucune": []}
    for situation in transmises(nombreuses(GRENOBLE)):
        for code in situation.reponses.get("consequences", ()):
            if code in notes:
                notes[code].append(int(situation.reponses["intensite"]))
    moyennes = {code: sum(valeurs) / len(valeurs) for code, valeurs in notes.items()}
    assert moyennes["c_heberg"] > moyennes["c_budget"] > moyennes["c_aucune"]


def test_les_droits_vont_ensemble_comme_dans_la_vie():
    paires = Counter()
    for situation in transmises(nombreuses(PUY_DE_DOME)):
        droits = sorted(non_recours["droit"] for non_recours in situation.non_recours)
        paires.update((a, b) for i, a in enumerate(droits) for b in droits[i + 1 :])
    assert paires["c2s", "rsa"] > 20
    assert paires["aspa", "c2s"] > 5
    assert paires["cheque_energie", "fsl_energie"] > 20
    assert paires["aspa", "rsa"] == paires["c2s", "c2s_part"] == paires["are", "rsa"] == 0


def test_un_peu_d_autre_a_qualifier_et_des_questions_sans_reponse():
    lignes_nr = couples(nombreuses(GRENOBLE))
    autres = [nr for _, nr in lignes_nr if "autre" in (nr["droit"], nr["motif_principal"])]
    assert 0.02 < len(autres) / len(lignes_nr) < 0.06
    for code in ("venue", "pcs", "mobilite", "francais_ecrit", "evenement", "zone"):
        muettes = [code not in s.reponses for s in transmises(nombreuses(GRENOBLE))]
        assert 0.15 < sum(muettes) / len(muettes) < 0.55
    informees = [s.reponses["personne_informee"] for s in transmises(nombreuses(GRENOBLE))]
    assert informees.count("oui") > 0.85 * len(informees)


# --- Texts ------------------------------------------------------------------------------------


@cache
def phrases() -> tuple[str, ...]:
    """Every sentence the generator can write."""
    groupes = [OUVERTURES, FINS, RECITS_PAR_DROIT, RECITS_PAR_MOTIF]
    groupes += [PROPOSITIONS_PAR_TYPE, PROPOSITIONS_PAR_DROIT, textes_precisions.MESSAGES_ECART]
    ecrites = [phrase for groupe in groupes for textes in groupe.values() for phrase in textes]
    return (
        *(phrase.format_map(contracter("le RSA")) for phrase in ecrites),
        *textes_precisions.DROITS_A_QUALIFIER,
        *textes_precisions.MOTIFS_A_QUALIFIER,
        *textes_precisions.CONTEXTES_A_PRECISER,
        *textes_precisions.MESSAGES_A_COMPLETER,
    )


def test_aucun_texte_n_inquiete_le_garde_de_l_anonymat():
    recits = {
        situation.reponses[champ]
        for territoire in TERRITOIRES
        for situation in nombreuses(territoire)[:2000]
        for champ in ("recit", "proposition")
        if champ in situation.reponses
    }
    for texte in (*phrases(), *(droit.nom for droit in DROITS.values()), *sorted(recits)):
        assert refus(texte) == [], texte
        assert doutes(texte) == [], texte


@pytest.mark.parametrize("territoire", TERRITOIRES, ids=lambda t: t.slug)
def test_des_recits_pour_deux_situations_sur_cinq_jamais_deux_fois_de_suite(territoire):
    toutes = situations(territoire)
    recits = [s.reponses["recit"] for s in toutes if "recit" in s.reponses]
    assert 0.3 < len(recits) / len(toutes) < 0.5
    assert all(a != b for a, b in pairwise(recits))
    assert len(set(recits)) > 0.9 * len(recits)
    assert any("proposition" in situation.reponses for situation in toutes)
    assert not any(caractere.isdigit() for recit in recits for caractere in recit)


def test_les_articles_se_contractent():
    assert contracter("le RSA") == {"le": "le RSA", "du": "du RSA", "au": "au RSA"}
    assert contracter("l’Aspa")["du"] == "de l’Aspa"
    assert contracter("les allocations familiales")["au"] == "aux allocations familiales"


# --- Territories ------------------------------------------------------------------------------


def test_les_territoires_existent():
    epci = {ligne["code"]: ligne["nom"] for ligne in lignes("territoires/donnees/epci.csv")}
    departements = {
        ligne["code"]: ligne["nom"] for ligne in lignes("territoires/donnees/departements.csv")
    }
    assert epci[VANS.code].endswith(VANS.nom)
    assert epci[GRENOBLE.code] == GRENOBLE.nom
    assert departements[PUY_DE_DOME.code] == PUY_DE_DOME.nom


def test_chaque_role_a_quelqu_un_dans_chaque_territoire():
    fonctions = set(listes()["fonction"])
    for territoire in TERRITOIRES:
        roles = Counter(personne.role for personne in territoire.personnes)
        assert roles["animateur"] == roles["administrateur_territoire"] == 1
        assert roles["comite_technique"] == roles["comite_pilotage"] == 2
        assert 4 <= roles["groupe_travail"] <= 10
        noms = [organisme.nom for organisme in territoire.organismes]
        assert len(set(noms)) == len(noms)
        assert 6 <= len(noms) <= 14
        assert territoire.porteur in noms
        assert {organisme.categorie for organisme in territoire.organismes} <= set(CATEGORIES)
        assert all(personne.organisme in noms for personne in territoire.personnes)
        assert all(personne.fonction in fonctions for personne in territoire.personnes)
        auteurs = {personne.courriel for personne in territoire.auteurs}
        assert {situation.auteur for situation in situations(territoire)} <= auteurs
    courriels = [p.courriel for t in TERRITOIRES for p in t.personnes]
    courriels.append(ADMINISTRATEUR_NATIONAL.courriel)
    assert len(set(courriels)) == len(courriels)
    assert all(courriel.endswith("@demo.example") for courriel in courriels)


def test_les_droits_du_generateur_sont_ceux_de_la_nomenclature():
    assert set(DROITS) == set(DROITS_CSV)
    for code, droit in DROITS.items():
        assert droit.domaine == DROITS_CSV[code]["domaine"]
