"""What forbids a draft from being published: sentences, each with the place where to mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from situations.moteur.definition import Definition, DefinitionInvalide
from situations.moteur.elements import AUTRE, NON_RECOURS
from situations.moteur.genres import GENRES
from situations.moteur.langue import cite

from .bornes import reproche_de_bornes
from .document import LISTE_DES_DROITS, est_locale, mots, questions, section_de
from .phrases import nom_de_choix, nom_de_question
from .relations import lisibles_avant, sources, variables_de_condition

# The lengths that the tables accept.
TITRE_MAX, AIDE_SECTION_MAX, LIBELLE_MAX, AIDE_MAX = 120, 300, 300, 600


@dataclass(frozen=True, slots=True)
class Probleme:
    """`cle` leads to the place: "question:<variable>", "section:<code>", "liste:<nom>" or ""."""

    cle: str
    phrase: str


def problemes(doc: dict, noyau: dict, libelles: Mapping[str, str] | None = None) -> list[Probleme]:
    """Everything that forbids publishing `doc`, in the order of the form; [] when it may be.

    `noyau` is the document of the noyau. `libelles` names variables that the form no longer asks
    ({variable: label}), as older versions know them.
    """
    try:
        Definition.depuis(doc)
        refus: list[str] = []
    except DefinitionInvalide as invalide:
        refus = invalide.phrases
    illisible = refus and not _est_lisible(doc)
    trouves = [] if illisible else list(_trouver(doc, noyau, libelles or {}))
    return trouves or [Probleme("", phrase) for phrase in refus]


def _est_lisible(doc: dict) -> bool:
    """Whether the document has the shape that the checks below read."""
    cles = {"variable", "genre", "libelle", "liste", "condition", "filtre", "exclut", "propose"}
    return (
        {"sections", "listes"} <= doc.keys()
        and all(
            {"code", "titre", "portee", "questions"} <= section.keys()
            and all(cles <= q.keys() for q in section["questions"])
            for section in doc["sections"]
        )
        and all({"code", "libelle"} <= o.keys() for liste in doc["listes"].values() for o in liste)
    )


def _trouver(doc: dict, noyau: dict, libelles: Mapping[str, str]) -> Iterator[Probleme]:
    yield from _socle(doc, noyau)
    yield from _sections(doc, noyau)
    posees = questions(doc)
    for section in doc["sections"]:
        for question in section["questions"]:
            for phrase in (
                *_mots_de_question(question),
                *_choix_de_question(doc, question),
                *_renvois(doc, section, question, libelles),
                *_condition(doc, question),
            ):
                yield Probleme(f"question:{question['variable']}", phrase)
    for liste, options in doc["listes"].items():
        emplois = [q["libelle"] for q in posees.values() if q["liste"] == liste]
        nom = cite(emplois[0] if emplois else liste)
        yield from (Probleme(f"liste:{liste}", phrase) for phrase in _liste(liste, nom, options))


def _socle(doc: dict, noyau: dict) -> Iterator[Probleme]:
    posees = questions(doc)
    for variable, originale in questions(noyau).items():
        cle, nom = f"question:{variable}", cite(originale["libelle"])
        posee = posees.get(variable)
        if posee is None:
            if originale["doit_etre_posee"]:
                yield Probleme(
                    cle, f"{nom} doit être posée partout\u00a0: reprenez cette question du socle."
                )
            continue
        if any(posee[nom_] != originale[nom_] for nom_ in ("genre", "liste")) or not posee["noyau"]:
            yield Probleme(
                cle,
                f"{nom} n’est plus celle du socle commun\u00a0: retirez-la, puis reprenez celle du socle.",
            )
        if originale["obligatoire"] and not posee["obligatoire"]:
            yield Probleme(
                cle, f"{nom} doit rester obligatoire, comme dans le socle\u00a0: cochez-le."
            )
        if originale["doit_etre_posee"] and posee["condition"]:
            yield Probleme(cle, f"{nom} doit toujours être posée\u00a0: retirez sa condition.")


def _sections(doc: dict, noyau: dict) -> Iterator[Probleme]:
    repetees = [s for s in doc["sections"] if s["portee"] == NON_RECOURS]
    if len(repetees) != 1:
        etat = "n’a plus de section posée" if not repetees else "a plusieurs sections posées"
        yield Probleme(
            "", f"Le formulaire {etat} pour chaque droit\u00a0: il lui en faut une, et une seule."
        )
    titres: dict[str, str] = {}
    originaux = {q["variable"]: q["libelle"] for q in questions(noyau).values()}
    for section in doc["sections"]:
        cle, titre = f"section:{section['code']}", section["titre"]
        nom = cite(titre or section["code"])
        if not titre.strip():
            yield Probleme(cle, f"La section {nom} n’a pas de titre\u00a0: donnez-lui-en un.")
        elif titres.setdefault(mots(titre), section["code"]) != section["code"]:
            yield Probleme(
                cle, f"Deux sections s’appellent {nom}\u00a0: changez un des deux titres."
            )
        yield from _trop_long(cle, f"Le titre de la section {nom}", titre, TITRE_MAX)
        aide = section.get("aide", "")
        yield from _trop_long(cle, f"L’aide de la section {nom}", aide, AIDE_SECTION_MAX)
        if not section["questions"]:
            yield Probleme(
                cle,
                f"La section {nom} ne pose aucune question\u00a0: ajoutez-en une, ou retirez la section.",
            )
        yield from _memes_libelles(section, originaux)


def _trop_long(cle: str, quoi: str, texte: str, maximum: int) -> Iterator[Probleme]:
    if len(texte) > maximum:
        yield Probleme(
            cle, f"{quoi} compte {len(texte)} caractères\u00a0: {maximum} au plus sont possibles."
        )


def _memes_libelles(section: dict, originaux: Mapping[str, str]) -> Iterator[Probleme]:
    """Questions of one section with the same words, unless they are the noyau's own words."""
    vus: dict[str, dict] = {}
    for question in section["questions"]:
        cle = mots(question["libelle"])
        autre = vus.setdefault(cle, question)
        if not cle or autre is question:
            continue
        if any(originaux.get(q["variable"]) != q["libelle"] for q in (autre, question)):
            yield Probleme(
                f"question:{question['variable']}",
                f"Deux questions de {cite(section['titre'])} ont le même libellé, "
                f"{cite(question['libelle'])}\u00a0: changez l’un des deux.",
            )


def _mots_de_question(question: dict) -> Iterator[str]:
    libelle, nom = question["libelle"], cite(question["libelle"])
    if not libelle.strip():
        yield f"La question {cite(question['variable'])} n’a pas de libellé\u00a0: écrivez-le."
    for quoi, texte, maximum in (
        (f"Le libellé {nom}", libelle, LIBELLE_MAX),
        (f"L’aide de {nom}", question.get("aide", ""), AIDE_MAX),
    ):
        yield from (p.phrase for p in _trop_long("", quoi, texte, maximum))
    bornes = reproche_de_bornes({"min": None, "max": None, "classes": None, **question})
    if bornes:
        yield bornes


def _choix_de_question(doc: dict, question: dict) -> Iterator[str]:
    genre, liste, nom = GENRES.get(question["genre"]), question["liste"], cite(question["libelle"])
    if genre is None:
        yield f"{nom} est d’un genre inconnu\u00a0: retirez cette question, puis ajoutez-la de nouveau."
    elif genre.a_liste and (liste is None or liste not in doc["listes"]):
        yield f"{nom} n’a pas de choix\u00a0: donnez-lui-en au moins deux."
    elif genre.a_liste and len(doc["listes"][liste]) < 2:
        yield f"{nom} propose moins de deux choix\u00a0: ajoutez-en, ou retirez la question."
    elif not genre.a_liste and liste is not None:
        yield f"{nom} n’est pas un choix\u00a0: retirez cette question, puis ajoutez-la de nouveau."


def _renvois(
    doc: dict, section: dict, question: dict, libelles: Mapping[str, str]
) -> Iterator[str]:
    """A question that depends on one asked later, for each right, or no longer."""
    nom = cite(question["libelle"])
    connues = lisibles_avant(doc, question["variable"])
    for variables, lien, sinon in (
        (variables_de_condition(question), "est affichée selon", "changez sa condition"),
        (sources(question), "propose ses choix selon", "retirez-la, puis ajoutez-la de nouveau"),
    ):
        for variable in dict.fromkeys(v for v in variables if v not in connues):
            autre = nom_de_question(doc, variable, libelles)
            if variable == question["variable"]:
                yield f"{nom} dépend de sa propre réponse\u00a0: {sinon}."
            else:
                yield f"{nom} {lien} {autre}, {_pourquoi(doc, section, variable)}, ou {sinon}."


def _pourquoi(doc: dict, section: dict, variable: str) -> str:
    """Why a question cannot depend on that one, and what to do first."""
    if variable not in questions(doc):
        return "qui n’est plus posée\u00a0: reprenez cette question"
    if section["portee"] != NON_RECOURS == section_de(doc, variable)["portee"]:
        return "qui est posée pour chaque droit\u00a0: posez celle-ci aussi pour chaque droit"
    return "qui est posée après elle\u00a0: déplacez l’une des deux"


def _condition(doc: dict, question: dict) -> Iterator[str]:
    """A condition that says nothing, or that no answer can fulfil any more."""
    condition, nom = question["condition"], cite(question["libelle"])
    if condition is None:
        return
    clauses = condition["clauses"]
    if (
        condition["mode"] not in ("toutes", "une")
        or not all(c["valeurs"] for c in clauses)
        or not clauses
    ):
        yield f"{nom} a une condition vide\u00a0: complétez-la, ou affichez toujours la question."
        return
    posees = questions(doc)
    mortes = []
    for clause in clauses:
        liste = posees.get(clause["variable"], {}).get("liste")
        offerts = {option["code"] for option in doc["listes"].get(liste or "", ())}
        if liste is not None and offerts.isdisjoint(clause["valeurs"]):
            mortes.append(nom_de_choix(doc, liste, clause["valeurs"][0]))
    if mortes and (condition["mode"] == "toutes" or len(mortes) == len(clauses)):
        yield f"{nom} n’est affichée que si {mortes[0]} est choisi, qui n’est plus proposé\u00a0: changez sa condition."


def _liste(liste: str, nom: str, options: list[dict]) -> Iterator[str]:
    if liste == LISTE_DES_DROITS and all(option["code"] == AUTRE for option in options):
        yield "Le formulaire ne propose plus aucun droit\u00a0: reprenez-en au moins un."
    vus: dict[str, dict] = {}
    for option in options:
        libelle = option["libelle"]
        if not libelle.strip():
            yield f"Un choix de {nom} n’a pas de libellé\u00a0: écrivez-le, ou retirez ce choix."
            continue
        premiere = vus.setdefault(mots(libelle), option)
        if premiere is not option and (est_locale(premiere) or est_locale(option)):
            yield f"Deux choix de {nom} s’appellent {cite(libelle)}\u00a0: changez l’un des deux."
        for quoi, texte in (
            ("Le choix", libelle),
            ("La précision de", option.get("precision", "")),
            ("Les synonymes de", option.get("synonymes", "")),
        ):
            yield from (
                p.phrase for p in _trop_long("", f"{quoi} {cite(libelle)}", texte, LIBELLE_MAX)
            )
