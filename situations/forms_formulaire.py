"""Forms of the editor: a section, a question, a right, in the words of one who never programmed."""

from django import forms

from situations.models import Droit
from situations.moteur.champs import TEXTE_COURT_MAX, TEXTE_LONG_MAX

LIBELLE_MAX = 300
ENTIER_MAX = 1_000_000
FICHIER_MAX = 5 * 1024 * 1024


def _texte(libelle: str, maximum: int, aide: str = "", *, requis: str = "", lignes: int = 0):
    attributs = {"class": "form-control", "autocomplete": "off"}
    return forms.CharField(
        label=libelle,
        help_text=aide,
        max_length=maximum,
        required=bool(requis),
        widget=forms.Textarea(attrs={**attributs, "rows": lignes})
        if lignes
        else forms.TextInput(attrs=attributs),
        error_messages={
            "required": requis,
            "max_length": f"C’est trop long\u00a0: {maximum} caractères au plus.",
        },
    )


def _case(libelle: str, aide: str = "") -> forms.BooleanField:
    return forms.BooleanField(
        label=libelle,
        help_text=aide,
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


def _nombre(libelle: str, minimum: int, maximum: int, aide: str = "") -> forms.IntegerField:
    attributs = {"class": "form-control nombre-court", "inputmode": "numeric"}
    hors = f"Écrivez un nombre entier, de {minimum} à {maximum}."
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        min_value=minimum,
        max_value=maximum,
        required=False,
        widget=forms.TextInput(attrs=attributs),
        error_messages={"invalid": hors, "min_value": hors, "max_value": hors},
    )


class _Decrit(forms.Form):
    """Fields name their help and their errors to whoever does not see them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False


class SectionForm(_Decrit):
    titre = _texte("Titre de la section", 120, requis="Donnez un titre à la section.")
    aide = _texte("Aide", 300, "Une phrase sous le titre. Facultatif.")


class QuestionForm(_Decrit):
    """The wording of a question, and the limits of its kind; a core one keeps its own limits."""

    libelle = _texte(
        "Question",
        LIBELLE_MAX,
        "Une phrase courte, comme on la poserait.",
        requis="Écrivez la question.",
    )
    aide = _texte("Aide", 600, "Affichée sous la question. Facultatif.", lignes=2)
    obligatoire = _case("Réponse obligatoire")

    def __init__(self, *args, genre: str, noyau: bool = False, toujours: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.genre = genre
        if noyau:
            self.fields["obligatoire"].disabled = toujours
            if toujours:
                self.fields[
                    "obligatoire"
                ].help_text = "Le socle commun l’exige\u00a0: sans cette réponse, la situation ne se compte pas."
            return
        self.fields |= _limites(genre)

    def clean_tranches(self) -> list | None:
        """« 0, 5, 10 » → [[0, 4], [5, 9], [10, None]]; None when nothing is to be counted."""
        texte = self.cleaned_data["tranches"].strip()
        if not texte:
            return None
        debuts = [mot.strip() for mot in texte.split(",")]
        if not all(mot.isascii() and mot.isdigit() and len(mot) < 8 for mot in debuts):
            raise forms.ValidationError(
                "Écrivez le début de chaque tranche, ainsi\u00a0: 0, 5, 10."
            )
        bornes = [int(mot) for mot in debuts]
        if sorted(set(bornes)) != bornes:
            raise forms.ValidationError("Écrivez les tranches de la plus petite à la plus grande.")
        fins = [suivant - 1 for suivant in bornes[1:]]
        return [list(tranche) for tranche in zip(bornes, [*fins, None], strict=True)]

    def clean(self):
        donnees = super().clean()
        minimum, maximum = donnees.get("min"), donnees.get("max")
        if minimum is not None and maximum is not None and minimum > maximum:
            self.add_error("max", "Le plus grand nombre doit dépasser le plus petit.")
        return donnees

    def changements(self) -> dict:
        """What `modifier_question` or `ajouter_question` takes, once valid."""
        changements = dict(self.cleaned_data)
        changements.pop("options", None)
        if "tranches" in changements:
            changements["classes"] = changements.pop("tranches")
        return changements


class NouvelleQuestionForm(QuestionForm):
    """The same, with the first choices when the kind offers some."""

    def __init__(self, *args, a_options: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if a_options:
            self.fields["options"] = _texte(
                "Réponses proposées",
                6000,
                "Une par ligne, dans l’ordre. Pensez à « Ne sait pas » et à « Autre ».",
                requis="Écrivez au moins deux réponses, une par ligne.",
                lignes=5,
            )
            self.order_fields(["libelle", "options", "aide", "obligatoire"])

    def clean_options(self) -> list[str]:
        options = [ligne.strip() for ligne in self.cleaned_data["options"].splitlines()]
        options = [option for option in options if option]
        if len(options) < 2:
            raise forms.ValidationError("Écrivez au moins deux réponses, une par ligne.")
        if len({option.casefold() for option in options}) < len(options):
            raise forms.ValidationError("Deux réponses sont identiques\u00a0: gardez-en une.")
        if any(len(option) > LIBELLE_MAX for option in options):
            raise forms.ValidationError(f"Une réponse dépasse {LIBELLE_MAX} caractères.")
        return options


def _limites(genre: str) -> dict[str, forms.Field]:
    """The fields that only this kind of question has."""
    if genre in ("texte_court", "texte_long"):
        maximum = TEXTE_COURT_MAX if genre == "texte_court" else TEXTE_LONG_MAX
        return {"max": _nombre("Longueur maximale, en caractères", 1, maximum)}
    if genre == "choix_multiple":
        return {"max": _nombre("Nombre de réponses au plus", 1, 50, "Vide\u00a0: sans limite.")}
    if genre == "entier":
        return {
            "min": _nombre("Plus petit nombre accepté", 0, ENTIER_MAX),
            "max": _nombre("Plus grand nombre accepté", 0, ENTIER_MAX),
            "tranches": _texte(
                "Tranches pour les compter",
                200,
                "Le début de chacune, par exemple\u00a0: 0, 5, 10. Sans tranche, le nombre se lit "
                "dans la situation mais n’apparaît pas au tableau de bord.",
            ),
        }
    return {}


class DroitForm(_Decrit):
    """A right of the territory, counted under a core right or under a domain."""

    libelle = _texte("Nom du droit", 200, requis="Donnez un nom à ce droit.")
    raffine = forms.ChoiceField(
        label="Compte comme le droit du socle",
        help_text="Les chiffres nationaux le compteront avec ce droit.",
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    domaine = forms.ChoiceField(
        label="Ou seulement comme un droit du domaine",
        help_text="Quand aucun droit du socle ne lui ressemble.",
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    organismes = forms.MultipleChoiceField(
        label="Organismes compétents",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    synonymes = _texte(
        "Autres noms", 300, "Sigle, ancien nom, mots par lesquels on le cherchera. Facultatif."
    )
    nature = forms.ChoiceField(
        label="Nature",
        choices=Droit.Nature,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": "Choisissez une nature."},
    )
    sensible = _case("Ce droit révèle une information sensible (santé, handicap…)")
    field_order = [
        "libelle",
        "raffine",
        "domaine",
        "nature",
        "synonymes",
        "sensible",
        "organismes",
    ]

    def __init__(self, *args, document: dict, noyau: dict, **kwargs):
        super().__init__(*args, **kwargs)
        domaines: dict[str, str] = {}
        groupes: dict[str, list[tuple[str, str]]] = {}
        for droit in noyau["listes"]["droits"]:
            domaines[droit["domaine"]] = droit["domaine_libelle"]
            groupes.setdefault(droit["domaine_libelle"], []).append(
                (droit["code"], droit["libelle"])
            )
        self.fields["raffine"].choices = [("", "Aucun droit du socle"), *groupes.items()]
        self.fields["domaine"].choices = [("", "Choisir un domaine…"), *domaines.items()]
        self.fields["organismes"].choices = [
            (o["code"], o["libelle"]) for o in document["listes"].get("organismes", [])
        ]
        self._domaine_de = {d["code"]: d["domaine"] for d in noyau["listes"]["droits"]}

    def clean(self):
        donnees = super().clean()
        raffine = donnees.get("raffine") or None
        if raffine:
            donnees["domaine"] = self._domaine_de[raffine]
        elif not donnees.get("domaine") and "domaine" not in self.errors:
            self.add_error("domaine", "Choisissez un droit du socle, ou à défaut un domaine.")
        return {**donnees, "raffine": raffine}


class PartagerModuleForm(_Decrit):
    section = forms.ChoiceField(
        label="Section à proposer",
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={
            "required": "Choisissez une section.",
            "invalid_choice": "Choisissez une section du brouillon.",
        },
    )
    titre = _texte("Nom du module", 120, requis="Donnez un nom au module.")

    def __init__(self, *args, sections: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "Choisir…"), *sections]


class ImporterForm(_Decrit):
    fichier = forms.FileField(
        label="Fichier XLSForm",
        help_text="Un classeur .xlsx de 5\u00a0Mo au plus, tel que Kobo ou ODK l’emploient.",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide.",
            "missing": "Choisissez un fichier.",
        },
    )

    def clean_fichier(self):
        fichier = self.cleaned_data["fichier"]
        if fichier.size > FICHIER_MAX:
            raise forms.ValidationError(
                "Ce fichier dépasse 5\u00a0Mo\u00a0: retirez-en les images."
            )
        return fichier
