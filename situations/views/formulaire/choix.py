"""The choices of a question on its page: renamed, moved, retired, added, counted as a core one."""

from dataclasses import dataclass

from situations import adaptation
from situations.adaptation import GesteImpossible
from situations.models import Version
from situations.moteur.elements import AUTRE
from situations.views.formulaire.atelier import Atelier, questions_de

# Lists with a page of their own, or that come from elsewhere.
SANS_EDITEUR = ("droits", "communes")
LIBELLE_MAX = 300


@dataclass(frozen=True)
class Choix:
    """One choice as listed: local ones may be written, core ones may only move."""

    code: str
    libelle: str
    precision: str
    est_local: bool
    compte_comme: str
    monte: bool
    descend: bool


class EditeurDeChoix:
    """The choices of one question of the draft, and what the reader posts about them.

    Names of the fields: `choix-<code>-libelle`, `choix-<code>-precision`, `nouveau-libelle`,
    `nouveau-precision`, `nouveau-raffine`; `action` is « monter:<code> », « descendre:<code> »,
    « retirer:<code> », « remettre:<code> » or what the page does next.
    """

    def __init__(self, atelier: Atelier, question: dict, donnees=None):
        self.atelier = atelier
        self.liste = question["liste"]
        self.donnees = donnees or {}
        self.options = atelier.document["listes"].get(self.liste or "", [])
        self.est_du_socle = any(not option.get("local") for option in self.options)

    @property
    def est_ouvert(self) -> bool:
        """Whether choices are written here."""
        return self.liste is not None and self.liste not in SANS_EDITEUR

    @property
    def est_fermee(self) -> bool:
        """Whether other questions follow these core answers, which nothing may then refine."""
        questions = {q["variable"]: q for q in questions_de(self.atelier.document)}
        suivies = {
            variable
            for question in questions.values()
            if question["filtre"]
            for variable in question["filtre"]["variables"]
        }
        return self.est_du_socle and any(
            questions[variable]["liste"] == self.liste for variable in suivies & questions.keys()
        )

    @property
    def lignes(self) -> list[Choix]:
        libelles = {option["code"]: option["libelle"] for option in self.options}
        return [
            Choix(
                code=option["code"],
                libelle=self._typee(option, "libelle"),
                precision=self._typee(option, "precision"),
                est_local=bool(option.get("local")),
                compte_comme=libelles.get(option.get("raffine") or "", ""),
                monte=rang > 0,
                descend=rang < len(self.options) - 1,
            )
            for rang, option in enumerate(self.options)
        ]

    @property
    def du_socle(self) -> list[dict]:
        """The core choices that a local one may refine."""
        return [option for option in self.options if not option.get("local")]

    @property
    def nouveau(self) -> dict[str, str]:
        """What is being added, as typed."""
        return {nom: self._lire(f"nouveau-{nom}") for nom in ("libelle", "precision", "raffine")}

    @property
    def partagee_avec(self) -> list[str]:
        """The labels of the questions that use this list, when there are several."""
        libelles = [
            q["libelle"] for q in questions_de(self.atelier.document) if q["liste"] == self.liste
        ]
        return libelles if len(libelles) > 1 else []

    @property
    def retires(self) -> list[dict]:
        """The local choices that a published version offers and the draft does not."""
        offerts = {option["code"] for option in self.options}
        trouves: dict[str, dict] = {}
        versions = Version.objects.filter(
            formulaire=self.atelier.version.formulaire, publiee_le__isnull=False
        ).order_by("-numero")
        for document in versions.values_list("definition", flat=True):
            for option in document["listes"].get(self.liste, []):
                if option.get("local") and option["code"] not in offerts:
                    trouves.setdefault(option["code"], option)
        return list(trouves.values())

    def _lire(self, nom: str) -> str:
        return self.donnees.get(nom, "").strip()

    def _typee(self, option: dict, nom: str) -> str:
        return self.donnees.get(f"choix-{option['code']}-{nom}", option[nom])

    def composer(self, document: dict) -> dict:
        """The document with all that was typed about the choices. Raises GesteImpossible."""
        if not self.est_ouvert:
            return document
        for option in document["listes"].get(self.liste, []):
            document = self._renommer(document, option)
        document = self._ajouter(document)
        sens, _, code = self.donnees.get("action", "").partition(":")
        gestes = {
            "monter": lambda: self._decaler(document, code, -1),
            "descendre": lambda: self._decaler(document, code, 1),
            "retirer": lambda: adaptation.retirer_choix(document, self.liste, code),
            "remettre": lambda: self._remettre(document, code),
        }
        return gestes[sens]() if sens in gestes else document

    def _renommer(self, document: dict, option: dict) -> dict:
        champ = f"choix-{option['code']}-libelle"
        if not option.get("local") or champ not in self.donnees:
            return document
        libelle = self._lire(champ)
        precision = self._lire(f"choix-{option['code']}-precision")
        if not libelle:
            raise GesteImpossible(
                f"La réponse «\u00a0{option['libelle']}\u00a0» n’a plus de nom\u00a0: écrivez-le, "
                "ou retirez-la."
            )
        if (libelle, precision) == (option["libelle"], option["precision"]):
            return document
        self._mesurer(libelle, precision)
        return adaptation.modifier_choix(
            document, self.liste, option["code"], libelle=libelle, precision=precision
        )

    def _ajouter(self, document: dict) -> dict:
        nouveau = self.nouveau
        if not nouveau["libelle"]:
            return document
        if self.est_du_socle and not nouveau["raffine"]:
            raise GesteImpossible(
                f"Dites comme quelle réponse du socle se compte «\u00a0{nouveau['libelle']}\u00a0»\u00a0: "
                "les chiffres restent ainsi comparables d’un territoire à l’autre."
            )
        self._mesurer(nouveau["libelle"], nouveau["precision"])
        options = document["listes"].get(self.liste, [])
        return adaptation.ajouter_choix(
            document,
            self.liste,
            libelle=nouveau["libelle"],
            precision=nouveau["precision"],
            raffine=nouveau["raffine"] or None,
            code=adaptation.code_libre(
                nouveau["libelle"],
                territoire=self.atelier.territoire.slug,
                pris={o["code"] for o in (*options, *self.retires)},
            ),
            rang=_rang_du_nouveau(options, nouveau["raffine"]),
        )

    @staticmethod
    def _mesurer(*textes: str) -> None:
        if any(len(texte) > LIBELLE_MAX for texte in textes):
            raise GesteImpossible(f"Une réponse s’écrit en {LIBELLE_MAX} caractères au plus.")

    def _decaler(self, document: dict, code: str, pas: int) -> dict:
        codes = [option["code"] for option in document["listes"][self.liste]]
        if code not in codes:
            return document
        rang = min(max(codes.index(code) + pas, 0), len(codes) - 1)
        return adaptation.deplacer_choix(document, self.liste, code, rang)

    def _remettre(self, document: dict, code: str) -> dict:
        option = next((o for o in self.retires if o["code"] == code), None)
        if option is None:
            return document
        return adaptation.ajouter_choix(
            document,
            self.liste,
            libelle=option["libelle"],
            code=code,
            precision=option["precision"],
            raffine=option.get("raffine"),
            exclusif=option["exclusif"],
        )


def _rang_du_nouveau(options: list[dict], raffine: str) -> int | None:
    """Before « autre » and « ne sait pas » when they end the list; None leaves it to the gesture."""
    if raffine:
        return None
    fins = [i for i, option in enumerate(options) if option["exclusif"] or option["code"] == AUTRE]
    return fins[0] if fins and fins[-1] == len(options) - 1 else None
