"""Hands on a page: one mouse, one keyboard, the same gestures."""

from playwright.sync_api import Locator, Page, expect

from tests.navigateur import Temoin

# Keys pressed before one gives up: a long page has that many stops.
TOUCHES_MAX = 600
# Null once the page has put another element in its place.
ATTEINT = """e => e.isConnected ? e === document.activeElement
  || (e.type === "radio" && e.name === document.activeElement.name) : null"""


class Souris:
    """Hands on a mouse; `page` is examined by `temoin` on the way."""

    def __init__(self, page: Page):
        self.page, self.temoin = page, Temoin(page)
        # Colours are judged once they have changed, not on their way.
        page.emulate_media(reduced_motion="reduce")

    def arriver(self, titre: str) -> None:
        """The page so titled is there, and it is as it must be."""
        expect(self.page.get_by_role("heading", level=1, name=titre)).to_be_visible()
        self.temoin.examiner()

    def activer(self, cible: Locator) -> None:
        """A link, a button, a menu."""
        cible.click()

    def cocher(self, cible: Locator) -> None:
        cible.check()

    def ecrire(self, cible: Locator, texte: str) -> None:
        cible.fill(texte)

    def derouler(self, cible: Locator, libelle: str) -> None:
        """Chooses in a drop-down list."""
        cible.select_option(label=libelle)


class Clavier(Souris):
    """The same hands without a mouse: nothing but keys, from where the focus is."""

    def aller(self, cible: Locator) -> None:
        """Tab until the focus is there; for a radio button, on any of its group."""
        cible.wait_for()
        element = cible.element_handle()
        for _ in range(TOUCHES_MAX):
            # Looking for it again at each key would take longer than the keys.
            atteint = element.evaluate(ATTEINT)
            if atteint:
                return
            if atteint is None:
                element = cible.element_handle()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.page.url} : {cible} ne s’atteint pas au clavier")

    def activer(self, cible: Locator) -> None:
        self.aller(cible)
        self.page.keyboard.press("Enter")

    def cocher(self, cible: Locator) -> None:
        self.aller(cible)
        self.page.keyboard.press("Space")
        for _ in range(TOUCHES_MAX):
            if cible.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url} : {cible} ne se coche pas au clavier")

    def ecrire(self, cible: Locator, texte: str) -> None:
        self.aller(cible)
        self.page.keyboard.type(texte)

    def derouler(self, cible: Locator, libelle: str) -> None:
        self.aller(cible)
        for _ in range(TOUCHES_MAX):
            # `split` reads a no-break space as any other, as `select_option` does.
            if " ".join(cible.locator("option:checked").inner_text().split()) == libelle:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url} : « {libelle} » ne se choisit pas au clavier")
