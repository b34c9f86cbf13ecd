import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from situations.anonymat import doutes, refus
from situations.anonymat.numeros import cle_nir, reste_iban

# What a social worker would write, and what must be said of it:
# (sentence, natures refused, natures doubted)
CORPUS = [
    # Nothing to say: the great majority.
    ("Ne savait pas que l’Aspa existe ; craint la récupération sur succession.", [], []),
    ("La CAF de l’Ardèche a suspendu le RSA depuis mars 2024, sans courrier.", [], []),
    ("Mme la directrice du CCAS a confirmé le refus oral.", [], []),
    ("Madame vit seule avec trois enfants, Monsieur est parti en 2019.", [], []),
    ("Monsieur le Maire a écrit à la préfecture.", [], []),
    ("Rendez-vous pris avec M. puis annulé.", [], []),
    ("Suivi par M. Depuis mars, plus de nouvelles.", [], []),
    ("France Travail renvoie vers la CAF, la CAF vers France services.", [], []),
    ("Orientée par le Secours Catholique et les Restos du Cœur.", [], []),
    ("Accueil de jour de Saint-Martin, puis Maison Martin Luther King.", [], []),
    ("Reçue à la maison de santé Marie Curie, près du collège Jean Moulin.", [], []),
    ("Place d’hébergement demandée au 115, rien depuis 12 jours.", [], []),
    ("Se retrouve à la rue depuis 3 mois avec 2 enfants.", [], []),
    ("Doit 1 234 567 € ? Non : 12 345,67 € d’indu, remboursés 50 € par mois.", [], []),
    ("Indu notifié en 03/2023, 1 250 € retenus.", [], []),
    ("Indu de 05/2022 1200 euros, contesté.", [], []),
    ("Situation 48 29 31 75 déjà remontée l’an dernier.", [], []),
    ("Voir la situation n° 48 29 31 75.", [], []),
    ("Née en 1950, retraite de 640 € par mois, jamais demandé l’Aspa.", [], []),
    ("Dossier 2023-2024 de bourse de collège perdu par l’établissement.", [], []),
    ("Dossier de 12 345 € de dettes déposé à la Banque de France.", [], []),
    ("Le dossier MDPH est incomplet depuis 18 mois.", [], []),
    ("Allocataire depuis 2015, radiée en 2023.", [], []),
    ("LA CAF NE REPOND PAS AU TELEPHONE.", [], []),
    ("Appelle le 3646 puis le 39 49, plus d’une heure d’attente.", [], []),
    ("Attestation CERFA 14069 refusée, arrêté du 1er mars.", [], []),
    ("Revenus : 1 200, 800, 450 puis 300 euros.", [], []),
    ("Le SIRET 123 456 789 00012 de l’employeur est faux.", [], []),
    ("RSA, APL, AAH, PCH : quatre dossiers, quatre guichets.", [], []),
    ("Il me dit qu’il ira voir Me. Le conseil départemental a refusé.", [], []),
    ("3 cours FLE par semaine, 2 places en crèche, 1 place d’accueil.", [], []),
    ("Elle habite à 12 km de Privas, route coupée l’hiver.", [], []),
    ("L’école élémentaire Simone Veil demande une attestation CAF.", [], []),
    ("Quartier Georges Brassens : plus aucun guichet.", [], []),
    ("Enfants de 3, 7 et 12 ans ; quotient familial 412.", [], []),
    ("Prime de Noël non versée, ARS non plus.", [], []),
    # Probable names.
    ("J’ai reçu M. Durand ce matin.", [], ["nom"]),
    ("Mme MARTIN refuse la demande.", [], ["nom"]),
    ("Monsieur X. vit dans sa voiture.", [], ["nom"]),
    ("Mme D est venue seule, Mme A refusé.", [], ["nom"]),
    ("Madame Le Goff a fait la demande seule.", [], ["nom"]),
    ("M. et Mme de La Tour ont renoncé.", [], ["nom"]),
    ("mme Diallo n’ose pas demander.", [], ["nom"]),
    ("La famille Benali est hébergée chez un tiers.", [], ["nom"]),
    ("Ce matin Nadia Benali attendait devant la CAF.", [], ["nom"]),
    ("Suivi de Jean-Pierre DUPONT par la mission locale.", [], ["nom"]),
    ("BENALI Nadia, sans ressources.", [], ["nom"]),
    ("Mme N’Diaye a perdu sa carte Vitale.", [], ["nom"]),
    ("Au foyer avec Fatima Kaddour depuis janvier.", [], ["nom"]),
    ("Certificat du Dr Lopez non reçu.", [], ["nom"]),
    # Dates, addresses, files.
    ("Née le 12/03/1950 à Oran.", [], ["date"]),
    ("Né le 3 mai 1961, sans retraite.", [], ["date"]),
    ("Courrier du 1er janvier 2024 resté sans réponse.", [], ["date"]),
    ("Naissance : 1984-11-30.", [], ["date"]),
    ("Habite 12 rue des Lilas, au deuxième étage.", [], ["adresse"]),
    ("Logée au 3 bis avenue de la République.", [], ["adresse"]),
    ("Domicilié 8, place Jean Jaurès.", [], ["adresse"]),
    ("Son n° allocataire 1234567 ne passe pas.", [], ["dossier"]),
    ("N° CAF : 1234567, bloqué.", [], ["dossier"]),
    ("Dossier MDPH n° 07-123456 égaré.", [], ["dossier"]),
    ("M. Durand, né le 03.05.1961, 4 impasse du Lac.", [], ["nom", "date", "adresse"]),
    # Never accepted.
    ("La rappeler au 06 12 34 56 78 après 17 h.", ["telephone"], []),
    ("Tél. 04.75.64.00.00 ou 0612345678.", ["telephone", "telephone"], []),
    ("Joignable au +33 6 12 34 56 78 ou 0033 612 345 678.", ["telephone"] * 2, []),
    ("Numéro marocain : +212 6 12 34 56 78.", ["telephone"], []),
    ("En 2019 06-12-34-56-78, depuis plus rien.", ["telephone"], []),
    ("Écrire à nadia.b@exemple.fr.", ["courriel"], []),
    ("Son mail : nadia (at) exemple.fr", ["courriel"], []),
    ("NIR 2 85 05 78 006 048 22 ?", [], ["nir_probable"]),
    ("NIR 2 85 05 78 006 048.", ["nir"], []),
    ("Sécu 1850578006048.", ["nir"], []),
    ("IBAN FR14 2004 1010 0505 0001 3M02 606 fourni.", ["iban"], []),
    ("F R 7 6 3 0 0 0 6 0 0 0 0 1 1 2 3 4 5 6 7 8 9 0 1 8 9", ["iban"], []),
    ("Compte be68 5390 0754 7034 fermé.", ["iban"], []),
    ("Compte BE68 5390 0754 7035 fermé.", [], []),
]


@pytest.mark.parametrize(("phrase", "refuses", "douteux"), CORPUS)
def test_une_phrase_de_travailleur_social(phrase, refuses, douteux):
    assert [r.nature for r in refus(phrase)] == refuses
    assert [d.nature for d in doutes(phrase)] == douteux


@pytest.mark.parametrize(
    ("texte", "trouve"),
    [
        ("Appeler le ０６ １２ ３４ ５６ ７８ svp", "０６ １２ ３４ ５６ ７８"),
        ("cafe\u0301 : 06\u200b12\u200b34\u200b56\u200b78 !", "06\u200b12\u200b34\u200b56\u200b78"),
        ("☎ 06\u00a012\u202f34\u200956–78.", "06\u00a012\u202f34\u200956–78"),
        ("lire ﬁn@exemple.fr", "ﬁn@exemple.fr"),
    ],
)
def test_les_places_sont_celles_du_texte_d_origine(texte, trouve):
    (constat,) = refus(texte)
    assert texte[constat.debut : constat.fin] == trouve


def test_le_message_est_francais_et_ne_repete_pas_la_valeur():
    (constat,) = refus("Tél. 06 12 34 56 78")
    assert constat.message == (
        "Un numéro de téléphone («\u00a006•••\u00a0») n’est jamais accepté\u00a0: retirez-le."
    )
    (constat,) = doutes("avec Mme Martin hier")
    assert constat.message.startswith("«\u00a0Mme M•••\u00a0» ressemble au nom d’une personne")


def test_deux_constats_ne_se_recouvrent_pas():
    texte = "FR14 2004 1010 0505 0001 3M02 606, 2 85 05 78 006 048, a.b@c.fr, 06 12 34 56 78"
    constats = refus(texte)
    assert [c.nature for c in constats] == ["iban", "nir", "courriel", "telephone"]
    assert all(a.fin <= b.debut for a, b in pairwise(constats))


def test_un_texte_vide_ne_dit_rien():
    assert refus("") == doutes("") == []


HOSTILES = (
    "a|1|1 |0 |06 12 34 56 |a@|a.|x@a.|FR1 |FR76 1|DE22 |M. |M. X |M. de |12 rue de |Nadia |a-|A'"
    "|e\u0301\u0323|dossier n° |dossier 1 2 3 |1/|+3|\u200b| |\n|1 85 05 2A 006 |rue Nadia Benali "
)


@pytest.mark.parametrize("motif", HOSTILES.split("|"))
def test_dix_mille_caracteres_hostiles_sont_juges(motif):
    texte = (motif * 10_000)[:10_000]
    for constat in [*refus(texte), *doutes(texte)]:
        assert 0 <= constat.debut < constat.fin <= len(texte)


# Generated values

ESPACES = st.sampled_from(["", " ", "\u00a0", "\u202f", ".", "-", " - "])
PHRASES = st.sampled_from(["{}", "Voir {}.", "Noté ({}), à rappeler", "Depuis mars : {} puis rien"])


@st.composite
def champs_de_nir(draw, mois_reels: bool):
    mois = [*range(1, 13)] if mois_reels else [*range(1, 13), *range(20, 43), *range(50, 100)]
    lieu = draw(
        st.one_of(
            st.integers(1, 95).map("{:02}".format),
            st.sampled_from(["2A", "2B", "2a", "99"]),
        )
    )
    return [
        draw(st.sampled_from("123478")),
        f"{draw(st.integers(0, 99)):02}",
        f"{draw(st.sampled_from(mois)):02}",
        lieu,
        f"{draw(st.integers(1, 990)):03}",
        f"{draw(st.integers(1, 999)):03}",
    ]


@settings(max_examples=100)
@given(champs_de_nir(mois_reels=False), ESPACES, PHRASES)
def test_tout_nir_avec_sa_cle_est_refuse(champs, espace, phrase):
    cle = f"{cle_nir(''.join(champs).upper()):02}"
    (constat,) = refus(phrase.format(espace.join([*champs, cle])))
    assert constat.nature == "nir"


@settings(max_examples=100)
@given(champs_de_nir(mois_reels=True), ESPACES, PHRASES)
def test_tout_nir_sans_cle_est_refuse(champs, espace, phrase):
    (constat,) = refus(phrase.format(espace.join(champs)))
    assert constat.nature == "nir"


@settings(max_examples=50)
@given(champs_de_nir(mois_reels=True), ESPACES, st.integers(1, 96))
def test_une_cle_fausse_ne_laisse_qu_un_doute(champs, espace, ecart):
    cle = (cle_nir("".join(champs).upper()) + ecart - 1) % 97 + 1
    texte = espace.join([*champs, f"{cle:02}"])
    assert "nir" not in [r.nature for r in refus(texte)]
    assert "nir_probable" in [d.nature for d in doutes(texte)]


def test_cle_d_un_numero_connu():
    assert cle_nir("2550814168025") == 38
    assert cle_nir("1850578006084") == 97 - 1850578006084 % 97


@settings(max_examples=100)
@given(
    st.sampled_from([("FR", 27), ("MC", 27), ("DE", 22), ("BE", 16), ("ES", 24), ("MA", 28)]),
    st.text("0123456789", min_size=30, max_size=30),
    st.integers(1, 10),
    ESPACES,
    PHRASES,
)
def test_tout_iban_juste_est_refuse(pays, chiffres, pas, espace, phrase):
    code, longueur = pays
    compte = chiffres[: longueur - 4]
    iban = f"{code}{98 - reste_iban(code + '00' + compte):02}{compte}"
    ecrit = iban[:2] + espace.join(re.findall(f".{{1,{pas}}}", iban[2:]))
    (constat,) = refus(phrase.format(ecrit))
    assert constat.nature == "iban"


@settings(max_examples=100)
@given(
    st.from_regex(r"0[1-9][0-9]{8}", fullmatch=True),
    st.sampled_from(
        ["2,2,2,2,2", "10", "4,3,3", "2,2,3,3", "2,3,3,2", "4,2,2,2", "1,3,3,3", "2,8"]
    ),
    ESPACES,
    PHRASES,
)
def test_tout_telephone_francais_est_refuse(numero, groupes, espace, phrase):
    morceaux, place = [], 0
    for taille in map(int, groupes.split(",")):
        morceaux.append(numero[place : place + taille])
        place += taille
    (constat,) = refus(phrase.format(espace.join(morceaux)))
    assert constat.nature == "telephone"


@settings(max_examples=100)
@given(
    st.sampled_from(["+33", "0033", "+33 (0)", "00 33", "+33\u00a0"]),
    st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
    ESPACES,
)
def test_tout_telephone_international_est_refuse(indicatif, numero, espace):
    ecrit = espace.join([indicatif + numero[0], *re.findall("..", numero[1:])])
    (constat,) = refus(f"Rappeler {ecrit}, merci")
    assert constat.nature == "telephone"


@settings(max_examples=50)
@given(st.emails(), PHRASES)
def test_toute_adresse_electronique_ordinaire_est_refusee(adresse, phrase):
    ordinaire = re.sub(r"[^A-Za-z0-9.+_-]", "x", adresse.split("@")[0]) + "@exemple.gouv.fr"
    assert "courriel" in [r.nature for r in refus(phrase.format(ordinaire))]


VOCABULAIRE = (
    "la personne|le CCAS|la CAF de l’Ardèche|France Travail|l’Aspa|le RSA|avec M. et|Madame|Mme la directrice"
    "|le Secours Catholique|les Restos du Cœur|à la rue|depuis 3 mois|en 2019|1 234 567 €|12 %"
    "|une demande|refusée|sans réponse|Elle|Il|craint|ne connaît pas|48 29 31 75 (situation)"
    "|le courrier|la MDPH|la succession|du logement|Monsieur le préfet|au 115|la C2S|et|puis"
    "|à Saint-Martin|Emmaüs|mars 2024|la carte Vitale|l’assistante sociale|le Département|3 enfants"
)


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(VOCABULAIRE.split("|")), min_size=1, max_size=40),
    st.sampled_from([" ", "\u00a0", ", ", " ; "]),
)
def test_la_prose_du_metier_passe(mots, lien):
    texte = lien.join(mots)
    assert refus(texte) == []
    assert doutes(texte) == []
