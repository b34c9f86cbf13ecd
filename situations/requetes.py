"""Reading situations: who sees which, and how both sides find them again."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from territoires.permissions import Action, territoires_permis

# The answers typed freely, and they alone: « cours » must not find the code « is_cours ».
TEXTES = """
    SELECT string_agg(texte, ' ') FROM jsonb_each_text({table}.reponses) AS r (variable, texte)
    WHERE variable IN (
        SELECT code FROM situations_variable WHERE genre IN ('texte_court', 'texte_long')
    )
"""
CONTIENT_LES_MOTS = (
    f"to_tsvector('bnr_francais', ({TEXTES})) @@ websearch_to_tsquery('bnr_francais', %s)"
)


def _contient(table: str, mots: str) -> RawSQL:
    return RawSQL(
        CONTIENT_LES_MOTS.format(table=table), (mots,), output_field=models.BooleanField()
    )


class SituationQuerySet(models.QuerySet):
    def visibles_pour(self, utilisateur):
        """Those the person wrote where they may still type, and all those they may review."""
        relus = territoires_permis(utilisateur, Action.RELIRE)
        saisis = territoires_permis(utilisateur, Action.SAISIR)
        return self.filter(
            Q(territoire__in=relus) & ~Q(statut="brouillon")
            | Q(territoire__in=saisis, auteur=utilisateur)
        )

    def brouillons_de(self, utilisateur, territoire):
        return self.filter(auteur=utilisateur, territoire=territoire, statut="brouillon").order_by(
            "-modifiee_le"
        )

    def a_relire(self, territoire):
        """What the comité technique has not reviewed yet, oldest first."""
        return self.filter(territoire=territoire, statut="transmise").order_by("transmise_le", "id")

    def concernant(self, droits):
        """Those with at least one non-recours to one of these rights (codes)."""
        return self.filter(Exists(self._non_recours().filter(droit__in=droits)))

    def contenant(self, mots: str, droits=()):
        """Those whose texts contain the words (French endings and accents aside), or that concern
        one of the rights that the words name."""
        return self.filter(
            Q(_contient("situations_situation", mots))
            | Q(Exists(self._non_recours().filter(droit__in=droits)))
            | Q(Exists(self._non_recours().filter(_contient("U0", mots))))
        )

    def _non_recours(self):
        modele = self.model._meta.get_field("non_recours").related_model
        return modele.objects.filter(situation=OuterRef("pk"), retire=False)
