"""A real browser, and what every page it opens must hold: no error, no overflow, no axe violation."""

import os
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

BUREAU, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# What is waited for comes in the end: a loaded machine is no reason to fail.
expect.set_options(timeout=30_000)

AXE = Axe().axe_script

# A table has thousands of cells and a few looks: contrast, the slowest rule by far, is judged on the
# first and the last visible element of each look (its colours, its text, all that is behind it).
EXAMINER = """async () => {
  const fonds = new Map([[null, ""]]);
  const fond = (element) => {
    if (!fonds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const derriere = fond(element.parentElement);
      fonds.set(element, `${derriere}>${backgroundColor} ${backgroundImage} ${opacity}`);
    }
    return fonds.get(element);
  };
  const CHAMPS = ["INPUT", "SELECT", "TEXTAREA"];
  const dit = (element) =>
    CHAMPS.includes(element.nodeName) ||
    [...element.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  const premiers = new Map(), derniers = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (!dit(element) || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const aspect = [
      fond(element), element.nodeName, element.className, style.color, style.fontSize,
      style.fontWeight, style.textShadow, style.visibility, style.position,
    ].join("|");
    if (!premiers.has(aspect)) premiers.set(aspect, element);
    derniers.set(aspect, element);
  }
  const juges = [...premiers.values(), ...derniers.values()];
  for (const element of juges) element.setAttribute("data-contraste", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-contraste]" }] });
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  for (const element of juges) element.removeAttribute("data-contraste");
  return violations;
}"""


def chemin_chromium() -> str:
    """The system's Chromium; `make test` makes sure there is one."""
    noms = filter(
        None, (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    )
    trouve = next(filter(None, map(shutil.which, noms)), None)
    assert trouve, "Chromium est introuvable : « make test » l’installe ou dit comment faire."
    return trouve


class Temoin:
    """Listens to a page and remembers what it should not have said."""

    def __init__(self, page: Page):
        self.page = page
        self.plaintes: list[str] = []
        page.on(
            "console",
            lambda message: (
                self.plaintes.append(f"{page.url} : {message.text}")
                if message.type in ("error", "warning")
                else None
            ),
        )
        page.on("pageerror", lambda erreur: self.plaintes.append(f"{page.url} : {erreur}"))

    def examiner(self) -> None:
        """The page as it is now, at both widths: axe, horizontal scroll, console."""
        self.page.wait_for_load_state()
        for taille in (BUREAU, TELEPHONE):
            self.page.set_viewport_size(taille)
            largeur = self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert largeur <= 0, f"{self.page.url} déborde de {largeur} px à {taille['width']} px"
            if self.page.evaluate("typeof axe === 'undefined'"):
                self.page.evaluate(AXE)
            violations = self.page.evaluate(EXAMINER)
            assert not violations, _raconter(self.page.url, taille, violations)
        self.page.set_viewport_size(BUREAU)
        assert not self.plaintes, "\n".join(self.plaintes)


def _raconter(adresse: str, taille: dict, violations: list) -> str:
    lignes = [f"{adresse} à {taille['width']} px :"]
    for violation in violations:
        lignes += [
            f"  {violation['id']} – {violation['help']}",
            *(f"    {noeud['html'][:200]}" for noeud in violation["nodes"][:4]),
        ]
    return "\n".join(lignes)


def entrer(page: Page, adresse: str, nom: str) -> None:
    """Opens a demonstration account in one click."""
    page.context.clear_cookies()
    page.goto(adresse + "/comptes/connexion/")
    page.get_by_role("button", name=nom, exact=True).click()
    page.get_by_role("link", name="Tableau de bord").first.wait_for()


def choisir(page: Page, question: str, *reponses: str) -> None:
    """Checks these answers of the (first visible) question so worded."""
    groupe = page.get_by_role("group", name=question).or_(
        page.get_by_role("radiogroup", name=question)
    )
    for reponse in reponses:
        groupe.first.get_by_label(reponse, exact=True).or_(
            groupe.first.locator("label", has_text=reponse).locator("input")
        ).first.check()
