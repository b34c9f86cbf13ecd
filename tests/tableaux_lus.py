"""Reading the tables of a dashboard back from its page."""

from tests.fenetre import Element, Fenetre


def distributions(fenetre: Fenetre) -> list[tuple[str, str, Element]]:
    """The title, the base in words and the table of each distribution of the page."""
    trouvees = []
    for section in fenetre.classe("indicateur"):
        for morceau in [d for d in section.tous("div") if "morceau" in d["class"].split()]:
            titre = (morceau.tous("h3") or section.tous("h2"))[0].dit.partition(". ")
            tables = [t for t in morceau.tous("table") if t["class"] == "distribution"]
            base = morceau.tous("p")[0].dit
            trouvees += [(titre[2] or titre[0], base, table) for table in tables]
    return trouvees
