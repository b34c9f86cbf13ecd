"""How often Python looks for what nothing names any more, once a process has started."""

import gc


def regler() -> None:
    """What is loaded at the start stays to the end: looked through again and again, it would add
    some forty milliseconds to one page or another. And a page makes tens of thousands of small
    values, which die with it: they are looked through less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
