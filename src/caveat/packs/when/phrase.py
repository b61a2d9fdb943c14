"""The trigger of a `phrase` rule."""

from __future__ import annotations

from caveat.document import BlockKind
from caveat.values import dataclass


@dataclass(frozen=True, slots=True)
class PhraseWhen:
    """Words in a sentence, written as phrase templates (see `caveat.analysis.templates`).

    Fires on each sentence where a template of `any` matches, unless one of `none` matches there too, or, with
    `none_beside`, in the sentence before or after.
    `pattern` is an RE2 regular expression tried on a sentence's text, for shapes that words can not express.
    `near` asks for a mention of one of these concepts (class, tag or id) in the sentence; `near_section`
    also accepts one in the headings above. `blocks` limits the rule to kinds of block.
    """

    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    none_beside: bool = False
    pattern: str = ""
    near: tuple[str, ...] = ()
    near_section: bool = False
    blocks: tuple[BlockKind, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a rule that could never report, and what nothing would ask for.

        Raises:
            ValueError: without `any` and `pattern`, for words in both `any` and `none`, for `none_beside` without
                `none` and `near_section` without `near`.
        """
        if not (self.any or self.pattern):
            raise ValueError('"any" or "pattern" must say what to look for')
        for template in self.any:
            if template in self.none:
                raise ValueError(f'"{template}" stands under "any" and under "none", and matches nowhere')
        if self.none_beside and not self.none:
            raise ValueError('"none-beside" needs a "none"')
        if self.near_section and not self.near:
            raise ValueError('"near-section" needs a "near"')
