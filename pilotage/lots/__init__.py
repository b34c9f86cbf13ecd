"""What the protected audiences read: a list of tables, kept by *tranche* (one year), in batches.

`tranches`: what is kept of one year; `comptage`: how it is counted; `avancement`: when it is counted
again; `liste`: the tables of all the years put together, as `pilotage.protection` takes them;
`memoire`: what the batch before hid; `montrer`: what may be displayed, labels and protected counts.
Nothing here reads the database.

A year is counted again only when enough of its situations are new, changed or gone since; until
then it keeps its counts and shows the same cells. « Since the beginning » is the sum of the years
as they stand. So two batches differ by that many situations wherever they differ.
"""
