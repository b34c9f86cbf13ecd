"""What recodings do to the numbers that statistics read. Pure."""

from collections.abc import Iterable, Mapping


def resoudre(recodages: Mapping[int, int]) -> dict[int, int]:
    """Follows chains: each old number → the last one. Raises ValueError on a circle."""
    finaux = {}
    for ancien in recodages:
        numero, vus = ancien, {ancien}
        while numero in recodages:
            numero = recodages[numero]
            if numero in vus:
                raise ValueError(f"recodings turn in a circle through {numero}")
            vus.add(numero)
        finaux[ancien] = numero
    return finaux


def recoder(
    numeros: Iterable[int],
    recodages: Mapping[int, int],
    variable_de: Mapping[int, str],
    simples: frozenset[str],
) -> list[int]:
    """The numbers of one row once recoded, each once.

    `recodages` are resolved. A simple variable keeps one answer: the one that was given to it, not
    the one that an old question would bring.
    """
    numeros = list(numeros)
    propres = [numero for numero in numeros if numero not in recodages]
    prises = {variable_de[numero] for numero in propres}
    for numero in numeros:
        nouveau = recodages.get(numero)
        if nouveau is None or nouveau in propres:
            continue
        variable = variable_de[nouveau]
        if variable in simples and variable in prises:
            continue
        propres.append(nouveau)
        prises.add(variable)
    return propres
