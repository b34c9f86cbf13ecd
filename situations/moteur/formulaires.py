"""A section of a definition as a Django form with its crispy layout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.utils.datastructures import MultiValueDict

from .champs import Cadre
from .conditions import connues_avant, est_repondue, etat
from .definition import Definition
from .elements import Option, Question, Section
from .genres import GENRES
from .presentation import Affichage, presenter
from .regles import premier_reproche


@dataclass(frozen=True, slots=True)
class ErreurLiee:
    """One line of the error summary: where it leads (an id), which question, what to do."""

    ancre: str
    libelle: str
    message: str


class ChampQuestion(LayoutObject):
    """The layout object of one question, drawn by the template of its kind."""

    def __init__(self, variable: str):
        self.fields = [variable]

    def render(self, form, context, template_pack=TEMPLATE_PACK, **kwargs):
        vue = form.presenter(self.fields[0])
        return render_field(
            self.fields[0],
            form,
            context,
            template=vue.gabarit,
            template_pack=template_pack,
            extra_context={"q": vue},
        )


class MiseEnPage(FormHelper):
    """The questions alone: the page holds the form tag, its token and its buttons."""

    # crispy would look the action up among the URLs of the project; these forms have none.
    form_action = ""
    form_tag = False
    disable_csrf = True


class FormulaireSection(forms.Form):
    """Built by `build_formulaire`. Field names are variables; the prefix is put before as it is."""

    def __init__(
        self,
        definition: Definition,
        section: Section,
        cadre: Cadre,
        *,
        prefixe: str,
        reponses: Mapping,
        bloc: Mapping | None,
        data: Mapping | None,
    ):
        self.definition, self.section, self.cadre = definition, section, cadre
        self._stockees = (bloc or {}) if section.est_repetee else reponses
        self._avant = connues_avant(definition, section, reponses)
        self._variables = frozenset(q.variable for q in section.questions)
        initial = {q.variable: self._initial(q) for q in section.questions}
        super().__init__(data=_en_liste(data), initial=initial, prefix=prefixe)
        for question in section.questions:
            options = definition.options(question)
            self.fields[question.variable] = GENRES[question.genre].champ(question, options, cadre)
        self.helper = MiseEnPage()
        self.helper.layout = Layout(*(ChampQuestion(q.variable) for q in section.questions))

    def add_prefix(self, field_name):
        return f"{self.prefix or ''}{field_name}"

    def _initial(self, question: Question) -> str | list[str] | None:
        valeur = self._stockees.get(question.variable)
        if not est_repondue(valeur):
            valeur = self._propose(question)
        return None if valeur is None else GENRES[question.genre].decoder(valeur)

    def _propose(self, question: Question) -> str | None:
        """The default answer: the first value named by the option chosen elsewhere."""
        propose = question.propose
        if propose is None:
            return None
        source = self.definition.question(propose.variable)
        code = self._stockees.get(propose.variable, self._avant.get(propose.variable))
        choisie = self.definition.option(source, code) if isinstance(code, str) else None
        proposees = choisie.valeurs(propose.attribut) if choisie else ()
        return next((v for v in proposees if self.definition.option(question, v)), None)

    def clean(self):
        self._saisies = {}
        for question in self.section.questions:
            valeur = self.cleaned_data.get(question.variable)
            encodee = GENRES[question.genre].encoder(valeur)
            if est_repondue(encodee):
                self._saisies[question.variable] = encodee
        self._visibles, self._connues = etat(self.section.questions, self._saisies, self._avant)
        for variable in self._variables - self._visibles:
            self._errors.pop(variable, None)
            if self.cadre.complet:
                self.cleaned_data.pop(variable, None)
        if self.cadre.complet:
            self._juger()
        return self.cleaned_data

    def _juger(self) -> None:
        for question in self.section.questions:
            variable = question.variable
            if variable not in self._visibles or variable in self._errors:
                continue
            valeur = self._saisies.get(variable)
            reproche = premier_reproche(self.definition, question, valeur, self._connues)
            if reproche:
                self.add_error(variable, reproche)

    def reponses(self) -> dict:
        """What was answered and is valid, as {variable: JSON}; the form must be bound.

        A draft keeps the answers of hidden questions; a complete form drops them.
        """
        if self._errors is None:
            self.full_clean()
        return {v: valeur for v, valeur in self._saisies.items() if v in self.cleaned_data}

    def visibles(self) -> frozenset[str]:
        """The variables asked, given the answers posted, or else those stored."""
        return self._etat_affiche()[0]

    def resume_erreurs(self) -> list[ErreurLiee]:
        """The errors in the order of the form, for the summary at the top of the page."""
        return [
            ErreurLiee(f"q-{self.add_prefix(q.variable)}", q.libelle, message)
            for q in self.section.questions
            for message in self.errors.get(q.variable, ())
        ]

    def _etat_affiche(self) -> tuple[frozenset[str], Mapping]:
        """The questions asked and the answers known: those posted, else those stored."""
        if self.is_bound:
            if self._errors is None:
                self.full_clean()
        elif not hasattr(self, "_visibles"):
            self._visibles, self._connues = etat(
                self.section.questions, self._stockees, self._avant
            )
        return self._visibles, self._connues

    def presenter(self, variable: str):
        """What the template of one question receives."""
        question = self.definition.question(variable)
        visibles, connues = self._etat_affiche()
        brute = self[variable].value()
        valeurs = [str(v) for v in (brute if isinstance(brute, list) else [brute or ""]) if v != ""]
        options = GENRES[question.genre].offrir(
            question, self.definition.options(question), self.cadre, valeurs[0] if valeurs else ""
        )
        return presenter(
            question,
            Affichage(
                definition=self.definition,
                prefixe=self.prefix or "",
                connues=connues,
                acquises=self._avant,
                ici=self._variables,
                valeurs=valeurs,
                options=options,
                erreurs=list(self.errors.get(variable, ())),
                cachee=variable not in visibles,
                recherche=self.data.get(f"{self.add_prefix(variable)}_recherche", ""),
                trouves=None if self.cadre.candidats is None else len(self.cadre.candidats),
            ),
        )


def build_formulaire(
    definition: Definition,
    section: Section,
    *,
    prefixe: str = "",
    reponses: Mapping,
    bloc: Mapping | None = None,
    mois_min: str,
    mois_max: str,
    validateurs_texte: Sequence[Callable[[str], None]] = (),
    complet: bool,
    data: Mapping | None = None,
    candidats: Sequence[Option] | None = None,
) -> FormulaireSection:
    """The form of one section, bound when `data` is given (a QueryDict, or {name: [values]}).

    `reponses` are the stored answers of the situation, `bloc` those of one right when the section
    is the repeated one. `complet` judges for transmission; a draft refuses only invalid values.
    `mois_min` and `mois_max` are "YYYY-MM", included. `candidats` are the rights that a search
    found (see `Cadre`).
    """
    cadre = Cadre(mois_min, mois_max, tuple(validateurs_texte), complet, candidats)
    return FormulaireSection(
        definition, section, cadre, prefixe=prefixe, reponses=reponses, bloc=bloc, data=data
    )


def donnees_du_formulaire(
    definition: Definition, section: Section, reponses: Mapping, prefixe: str = ""
) -> dict[str, list[str]]:
    """What a browser would post for these answers of `section`: {field name: [values]}."""
    donnees = {}
    for question in section.questions:
        valeur = reponses.get(question.variable)
        if est_repondue(valeur):
            postee = GENRES[question.genre].decoder(valeur)
            donnees[f"{prefixe}{question.variable}"] = (
                [postee] if isinstance(postee, str) else postee
            )
    return donnees


def _en_liste(data: Mapping | None) -> Mapping | None:
    """Posted data with `getlist`, as form widgets expect it."""
    if data is None or hasattr(data, "getlist"):
        return data
    return MultiValueDict(data)
