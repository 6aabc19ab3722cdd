"""Weighing a reply: the verdict that follows from its points, and what in it does not fit together."""

from collections.abc import Sequence

from app.casework.commands import Figures, SubmitReply
from app.domain.case import Completion, Verdict
from app.domain.workflow.terms import Term

MEASURES = (
    "rectify_orders",
    "penalty_cases",
    "fines",
    "seized",
    "halted",
    "criminal_cases",
    "admin_detained",
    "criminal_detained",
)
NOBODY = frozenset({"", "无", "无。", "none", "None"})


class Contradiction(Term):
    """Pointed out before a reply is taken; whoever is sure may go on."""

    UNFOUNDED_YET_PUNISHED = (
        "unfounded_yet_punished",
        "结论为不属实，却填写了责令整改、处罚或强制措施。",
        "The verdict is unfounded, yet orders, penalties or measures are stated.",
    )
    UNFOUNDED_YET_ACCOUNTABLE = (
        "unfounded_yet_accountable",
        "结论为不属实，却填写了问责。",
        "The verdict is unfounded, yet somebody was held accountable.",
    )
    VERDICT_AGAINST_POINTS = (
        "verdict_against_points",
        "总体结论与各要点的结论不一致。",
        "The overall verdict does not follow from the verdicts of the points.",
    )
    FINES_WITHOUT_CASE = (
        "fines_without_case",
        "填写了罚款，却没有立案处罚。",
        "Fines are stated, yet no penalty case.",
    )
    DONE_WITHOUT_HANDLING = (
        "done_without_handling",
        "已办结，却没有填写处理和整改情况。",
        "It is completed, yet nothing is said about handling and rectification.",
    )
    STAGED_WITHOUT_TARGET = (
        "staged_without_target",
        "未全部办结，却没有填写办结目标。",
        "It is not fully completed, yet no target is given.",
    )
    ACCOUNTABLE_WITHOUT_WORDS = (
        "accountable_without_words",
        "填写了问责人数，却没有写明问责情况。",
        "People were held accountable, yet nothing is said about it.",
    )


def proposed_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """All true → 属实; all unfounded → 不属实; true and mostly true → 基本属实; any other mixture → 部分属实."""
    given = set(verdicts)
    if len(given) == 1:
        return given.pop()
    return Verdict.MOSTLY if given == {Verdict.TRUE, Verdict.MOSTLY} else Verdict.PARTLY


def overall(words: SubmitReply) -> Verdict:
    return words.verdict or proposed_verdict([point.verdict for point in words.findings])


def contradictions(words: SubmitReply) -> list[Contradiction]:
    """What in a reply does not fit together, in the order in which it is read."""
    verdict, figures = overall(words), words.figures
    unfounded = verdict == Verdict.UNFOUNDED
    silent = words.accountability.strip() in NOBODY
    checks = {
        Contradiction.UNFOUNDED_YET_PUNISHED: unfounded and _punished(figures),
        Contradiction.UNFOUNDED_YET_ACCOUNTABLE: unfounded and (figures.held_accountable > 0 or not silent),
        Contradiction.VERDICT_AGAINST_POINTS: verdict != proposed_verdict([p.verdict for p in words.findings]),
        Contradiction.FINES_WITHOUT_CASE: figures.fines > 0 and figures.penalty_cases == 0,
        Contradiction.DONE_WITHOUT_HANDLING: not unfounded
        and words.completion == Completion.DONE
        and not words.handling.strip(),
        Contradiction.STAGED_WITHOUT_TARGET: words.completion != Completion.DONE and not words.target.strip(),
        Contradiction.ACCOUNTABLE_WITHOUT_WORDS: figures.held_accountable > 0 and silent,
    }
    return [found for found, holds in checks.items() if holds]


def _punished(figures: Figures) -> bool:
    return any(getattr(figures, name) > 0 for name in MEASURES)
