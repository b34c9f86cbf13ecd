"""The rights a territory knows, to choose from and to search, kept by version in force."""

from functools import lru_cache

from situations.recherche import Index
from situations.versions import definition_de, version_en_vigueur


class Catalogue:
    """The rights of one definition: `choix` for a list, `libelles` by code, `chercher`."""

    def __init__(self, options):
        self.choix = [(option.code, option.libelle) for option in options]
        self.libelles = dict(self.choix)
        self.options = {option.code: option for option in options}
        self._index = Index([option.document() for option in options])

    def chercher(self, texte: str, limite: int = 8) -> list[str]:
        """Codes of the rights the words name, best first, « autre » aside."""
        return [code for code in self._index.chercher(texte, limite) if code != "autre"]

    def proposer(self, texte: str, limite: int = 8):
        """The options to choose from for these words, best first, « autre » last: nobody is
        blocked by a right that the list lacks."""
        if not texte.strip():
            return []
        codes = [*self.chercher(texte, limite), "autre"]
        return [self.options[code] for code in codes if code in self.options]


@lru_cache(maxsize=512)
def catalogue_de(version_id: int) -> Catalogue:
    """The rights of a published version."""
    return Catalogue(definition_de(version_id).listes["droits"])


def catalogue_des_droits(territoire) -> Catalogue:
    """The rights of the version in force in this territory."""
    return catalogue_de(version_en_vigueur(territoire).pk)
