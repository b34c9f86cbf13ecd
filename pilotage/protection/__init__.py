"""Statistical secrecy of a whole list of tables, protected jointly. Pure: NumPy and HiGHS.

    masques = proteger(liste, seuil)          # pilotage.protection.proteger, values in .modele

Display `masques.liste` under `masques.tableaux`, and nothing else: the years too small to be shown
are not in it, and « tout » is counted without them (`masques.annees_ecartees`, to be said). Shares,
means and key figures must be computed from shown counts only; what uses a hidden one is hidden.

The rule: for each count of 1 to threshold − 1, a reader of all the list, who knows all its links
(`liens`, `cycles`), can imagine it 0 and can imagine it at the threshold or more. It is proved by
witnesses (`audit`), checked by plain arithmetic before anything is returned (`verification`): a
list that is not proved raises `NonProuve`, and must not be shown.

Zeros are shown, but those of small lines, which would tell where the few are, and, in a long list
(`Axe.ouverte`), those of the lines beside a hidden one: a page lists the lines of which something
is shown, and one line « Autres réponses, rares ou cachées avec elles », secret, for all the others
together, met or not. Elsewhere a page lists the whole public domain, met or not.

What is hidden is chosen in three steps: `couverture`, one integer programme over all sums;
`reparation`, what the audit finds still open; `economies`, what was hidden for nothing.
"""
