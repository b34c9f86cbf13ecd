"""Adapting a form: pure functions, definition document in, new document out.

They never write in what they receive. A gesture that may not be done raises `GesteImpossible`,
whose `phrase` says why and what to do. Documents are complete: every property of a question is
there, as `Definition.document()` and `document_noyau()` write them.
"""

from .differences import differences
from .document import GesteImpossible
from .duree import duree_estimee
from .evolution import evolution, prendre_evolution
from .fait import Difference
from .gestes_choix import ajouter_choix, deplacer_choix, modifier_choix, retirer_choix
from .gestes_conditions import definir_condition
from .gestes_droits import (
    ajouter_droit,
    masquer_droit,
    modifier_droit,
    reprendre_droit,
    retirer_droit,
)
from .gestes_questions import (
    ajouter_question,
    code_libre,
    deplacer_question,
    dupliquer_question,
    modifier_question,
    reprendre_question,
    retirer_question,
)
from .gestes_sections import ajouter_section, deplacer_section, modifier_section, retirer_section
from .modules import Module, module_depuis_section, modules, prendre_module
from .phrases import phrase_condition
from .problemes import Probleme, problemes

__all__ = [
    "Difference",
    "GesteImpossible",
    "Module",
    "Probleme",
    "ajouter_choix",
    "ajouter_droit",
    "ajouter_question",
    "ajouter_section",
    "code_libre",
    "definir_condition",
    "deplacer_choix",
    "deplacer_question",
    "deplacer_section",
    "differences",
    "dupliquer_question",
    "duree_estimee",
    "evolution",
    "masquer_droit",
    "modifier_choix",
    "modifier_droit",
    "modifier_question",
    "modifier_section",
    "module_depuis_section",
    "modules",
    "phrase_condition",
    "prendre_evolution",
    "prendre_module",
    "problemes",
    "reprendre_droit",
    "reprendre_question",
    "retirer_choix",
    "retirer_droit",
    "retirer_question",
    "retirer_section",
]
