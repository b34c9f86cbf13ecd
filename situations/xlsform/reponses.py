"""Which list of the definition each question answers with, the noyau's lists being protected."""

from collections.abc import Mapping
from copy import deepcopy

from situations.adaptation.gestes_choix import herites
from situations.moteur.langue import compter

from .choix import ListeLue, OptionLue
from .ecriture import mot, unique
from .rapport import Carnet

LISTE_DES_DROITS = "droits"
LISTE_MAX = 60
_D_UN_DROIT = {"domaine", "organismes", "nature", "sensible", "synonymes"}


class Reponses:
    """The lists of the definition, built as questions ask for them."""

    def __init__(
        self,
        lues: Mapping[str, ListeLue],
        noyau: Mapping[str, list[dict]],
        suffixe: str,
        carnet: Carnet,
    ):
        self.lues = lues
        self.noyau = noyau
        self.suffixe = suffixe
        self.carnet = carnet
        self.listes: dict[str, list[dict]] = {}
        self.prises = set(noyau) | {liste.exacte for liste in lues.values()}
        self._nommees: dict[tuple[str, bool], str] = {}

    def du_socle(self, liste: str, nom: str) -> None:
        """The core list of a core question, with what the workbook's list `nom` adds to it."""
        lue = self.lues.get(nom)
        if lue is not None:
            lue.est_employee = True
        if liste not in self.listes:
            self.listes[liste] = self._completer(liste, lue)

    def locale(self, nom: str, autre: bool) -> str | None:
        """The list of a local question; None when the workbook has no such list.

        `autre` adds « Autre » to it, as « or_other » does.
        """
        lue = self.lues.get(nom)
        if lue is None:
            return None
        lue.est_employee = True
        if (nom, autre) not in self._nommees:
            self._nommees[nom, autre] = self._ajouter(lue, autre)
        return self._nommees[nom, autre]

    def reprendre_le_reste(self) -> None:
        """The lists that no question uses: kept when they are ours, reported otherwise."""
        for lue in self.lues.values():
            if lue.est_employee:
                continue
            if lue.exacte:
                self._delier(lue)
                self.listes.setdefault(lue.exacte, [option.option for option in lue.lues])
            else:
                raison = f"aucune question reprise n’emploie la liste «\u00a0{lue.nom}\u00a0»\u00a0: elle n’est pas reprise."
                self.carnet.ecarter("choices", lue.premiere, "list_name", raison)

    def _ajouter(self, lue: ListeLue, autre: bool) -> str:
        self._delier(lue)
        options = [option.option for option in lue.lues]
        if lue.exacte and not autre:
            self.listes.setdefault(lue.exacte, options)
            return lue.exacte
        communs = self.noyau.get(lue.nom, ())
        if not autre and {o["code"] for o in communs} == {o["code"] for o in options}:
            self.listes.setdefault(lue.nom, deepcopy(list(communs)))
            self.carnet.remarquer(
                f"La liste «\u00a0{lue.nom}\u00a0» est celle du socle, dont elle a les codes\u00a0: ses mots sont repris."
            )
            return lue.nom
        debut = f"{mot(lue.nom, 'liste')}_autre" if autre else mot(lue.nom, "liste")
        liste = unique(f"{debut[: LISTE_MAX - len(self.suffixe) - 4]}_{self.suffixe}", self.prises)
        self.prises.add(liste)
        self.listes[liste] = [*deepcopy(options), *_autre(options)] if autre else options
        return liste

    def _delier(self, lue: ListeLue) -> None:
        """An option of a local list refines nothing, unless that list is one of the noyau's."""
        communs = {option["code"] for option in self.noyau.get(lue.exacte, ())}
        for lu in lue.lues:
            raffine = lu.option.get("raffine")
            if raffine is not None and raffine not in communs:
                lu.option["raffine"] = None
                raison = f"«\u00a0{raffine}\u00a0» n’est pas une réponse du socle dans cette liste\u00a0: ce lien n’est pas repris."
                self.carnet.ecarter("choices", lu.ligne.numero, "bnr_raffine", raison)

    def _completer(self, liste: str, lue: ListeLue | None) -> list[dict]:
        """Core options in the order of the workbook, its local ones that refine one of them."""
        originales = {option["code"]: option for option in self.noyau[liste]}
        gardees: dict[str, dict] = {}
        for lu in lue.lues if lue else ():
            code = lu.option["code"]
            if code in originales:
                gardees[code] = deepcopy(originales[code])
                self._comparer(lu, gardees[code])
            elif (locale := self._raffiner(liste, lu, originales)) is not None:
                gardees[code] = locale
        communes = gardees.keys() & originales.keys()
        manquantes = [code for code in originales if code not in gardees]
        if manquantes and not (liste == LISTE_DES_DROITS and communes):
            gardees |= {code: deepcopy(originales[code]) for code in manquantes}
            if lue is not None:
                self.carnet.remarquer(
                    f"La liste «\u00a0{liste}\u00a0» du socle garde toutes ses réponses\u00a0: "
                    f"{compter(len(manquantes), 'absente')} du classeur."
                )
        return list(gardees.values())

    def _comparer(self, lu: OptionLue, originale: dict) -> None:
        if lu.option["libelle"] != originale["libelle"]:
            raison = (
                f"une réponse du socle garde ses mots, «\u00a0{originale['libelle']}\u00a0»\u00a0: "
                f"«\u00a0{lu.option['libelle']}\u00a0» n’est pas repris."
            )
            self.carnet.ecarter("choices", lu.ligne.numero, lu.ligne.entete("label"), raison)
        for cle in lu.option.keys() & originale.keys() - {"code", "libelle"}:
            if f"bnr_{cle}" in lu.ligne.entetes and lu.option[cle] != originale[cle]:
                raison = "le socle commun le fixe\u00a0: cette valeur n’est pas reprise."
                self.carnet.ecarter("choices", lu.ligne.numero, f"bnr_{cle}", raison)

    def _raffiner(self, liste: str, lu: OptionLue, originales: Mapping[str, dict]) -> dict | None:
        """A local option of a core list, None when it says not what core option it refines."""
        raffine = lu.option.get("raffine")
        originale = originales.get(raffine) if isinstance(raffine, str) else None
        option = {**(herites(originale) if originale else {}), **lu.option, "local": True}
        if liste == LISTE_DES_DROITS:
            domaines = {droit.get("domaine") for droit in originales.values()}
            est_bonne = option.keys() >= _D_UN_DROIT and option["domaine"] in domaines
            est_bonne = est_bonne and (originale is not None or raffine is None)
            consigne = "dites quel droit du socle il précise (bnr_raffine), ou son domaine, ses organismes et sa nature"
        else:
            est_bonne = originale is not None
            consigne = "dites quelle réponse du socle elle précise, dans une colonne bnr_raffine"
        if est_bonne:
            return option
        raison = f"«\u00a0{lu.nom}\u00a0» n’est pas dans la liste «\u00a0{liste}\u00a0» du socle\u00a0: {consigne}."
        self.carnet.ecarter("choices", lu.ligne.numero, "name", raison)
        return None


def code_autre(options: list[dict]) -> str:
    """The code under which these options say « something else »."""
    codes = {option["code"] for option in options}
    return "other" if "other" in codes and "autre" not in codes else "autre"


def _autre(options: list[dict]) -> list[dict]:
    code = code_autre(options)
    if any(option["code"] == code for option in options):
        return []
    return [
        {
            **{"code": code, "libelle": "Autre", "precision": "", "exclusif": False},
            **{"local": True, "raffine": None},
        }
    ]
