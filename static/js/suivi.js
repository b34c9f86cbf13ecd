// Follows what is being sent in the background: reads this same page again until it is done.
const PERIODE = 2000;

async function suivre() {
  const suivi = document.getElementById("suivi");
  if (!suivi.hasAttribute("data-en-cours")) return;
  try {
    const reponse = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (reponse.ok && !reponse.redirected) {
      const lue = new DOMParser().parseFromString(await reponse.text(), "text/html");
      const nouveau = lue.getElementById("suivi");
      const phrase = document.getElementById("avancement");
      const termine = !nouveau.hasAttribute("data-en-cours");
      // The sentence keeps its place while it changes: a screen reader says what is new.
      phrase.replaceChildren(...lue.getElementById("avancement").childNodes);
      document.querySelector(".avancement").value = lue.querySelector(".avancement").value;
      if (termine) {
        lue.getElementById("avancement").replaceWith(phrase);
        suivi.replaceWith(nouveau);
        document.title = lue.title;
        return;
      }
    }
  } catch {
    // Offline for a moment: the next reading will tell.
  }
  setTimeout(suivre, PERIODE);
}

setTimeout(suivre, PERIODE);
