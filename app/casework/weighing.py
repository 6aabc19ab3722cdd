"""Weighing a reply: the verdict that follows from its points, what is missing, and what does not fit together.

What is missing stops it, each thing by its field. What does not fit together is a remark: it is mended, or whoever
writes says why it stands, and the reviewers read both (ADR 0029).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.casework.commands import Figures, SubmitReply
from app.casework.slots import BEFORE, slot_of
from app.casework.stated import fits, numbers_in, speaks_of
from app.domain.case import FIGURES, Completion, Verdict
from app.domain.reply import MeasureKind
from app.domain.workflow.terms import Term
from app.kernel.errors import N_

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
TEXTS = ("report_upward", "publication_draft", "answer")
NEEDED = N_("This has to be filled in.")
NO_UNIT = N_("Say whose act this figure is.")
NO_DOCUMENT = N_("Give the number of the document that this figure comes from.")
NO_DATE = N_("Give the day of that document.")
NO_MEASURE = N_("Say what the measure is.")
NO_DAY = N_("Give the day on which it was done.")
NO_END = N_("Give the day by which it will be done.")
NOTHING_PLANNED = N_("It is not fully completed: say what is still to be done, and by when.")
NO_PLACE = N_("Say where these pictures were taken.")
NO_PICTURE = N_("There is no picture of this spot.")


class Contradiction(Term):
    """Pointed out before a reply is taken: to be mended, or answered."""

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
    DONE_WITH_OPEN_MEASURES = (
        "done_with_open_measures",
        "已办结，却还有后续整改措施没有完成。",
        "It is completed, yet measures are still to be done.",
    )
    DONE_WITHOUT_PICTURES = (
        "done_without_pictures",
        "已办结，却没有一处整改前后的对比照片。",
        "It is completed, yet no spot is shown before and after.",
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
    FIGURE_AGAINST_TEXT = (
        "figure_against_text",
        "执法数据与文字不一致。",
        "The figure is not what the text says.",
    )
    FIGURE_WITHOUT_TEXT = (
        "figure_without_text",
        "填写了执法数据，文字中却没有写到。",
        "A figure is stated, yet no text speaks of it.",
    )
    FIGURE_WITHOUT_COPY = (
        "figure_without_copy",
        "执法数据没有附文书。",
        "No copy of the figure's document is attached.",
    )


OF_A_FIGURE = (Contradiction.FIGURE_AGAINST_TEXT, Contradiction.FIGURE_WITHOUT_TEXT, Contradiction.FIGURE_WITHOUT_COPY)


@dataclass(frozen=True)
class Remark:
    """`about`: the figure it speaks of, else ""; `stated`: the number that stands in the text."""

    code: Contradiction
    about: str = ""
    stated: str = ""

    @property
    def name(self) -> str:
        """The field in which it is answered."""
        return because(self.code, self.about)


@dataclass(frozen=True)
class Files:
    """Which files there are: figures whose document was sent, and by the row of a spot what it shows."""

    documents: frozenset[str] = frozenset()
    spots: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def pairs(self) -> int:
        return sum(len(shown) > 1 for shown in self.spots.values())


def because(code: Contradiction, about: str = "") -> str:
    return f"because_{code}_{about}" if about else f"because_{code}"


EVERY_REMARK = tuple(
    Remark(code, about) for code in Contradiction for about in (FIGURES if code in OF_A_FIGURE else ("",))
)
EVERY_ANSWER = tuple(remark.name for remark in EVERY_REMARK)
"""The fields in which remarks are answered."""


def proposed_verdict(verdicts: Sequence[Verdict]) -> Verdict:
    """All true → 属实; all unfounded → 不属实; true and mostly true → 基本属实; any other mixture → 部分属实."""
    given = set(verdicts)
    if len(given) == 1:
        return given.pop()
    return Verdict.MOSTLY if given == {Verdict.TRUE, Verdict.MOSTLY} else Verdict.PARTLY


def overall(words: SubmitReply) -> Verdict:
    return words.verdict or proposed_verdict([point.verdict for point in words.findings])


def missing(words: SubmitReply, points: int, files: Files) -> dict[str, str]:
    """What must be there before it may be sent: field → what is wanted, in the order of the form."""
    found: dict[str, str] = {}
    said = [finding.finding.strip() for finding in words.findings]
    found |= {f"finding_{n}": NEEDED for n in range(1, points + 1) if n > len(said) or not said[n - 1]}
    found |= {name: NEEDED for name in TEXTS if not getattr(words, name).strip()}
    found |= dict(_missing_sources(words))
    found |= dict(_missing_measures(words))
    found |= dict(_missing_spots(words, files))
    return found


def contradictions(words: SubmitReply) -> list[Contradiction]:
    """What in the words does not fit together, in the order in which it is read."""
    verdict, figures = overall(words), words.figures
    unfounded, done = verdict == Verdict.UNFOUNDED, words.completion == Completion.DONE
    silent = words.accountability.strip() in NOBODY
    checks = {
        Contradiction.UNFOUNDED_YET_PUNISHED: unfounded and _punished(figures),
        Contradiction.UNFOUNDED_YET_ACCOUNTABLE: unfounded and (figures.held_accountable > 0 or not silent),
        Contradiction.VERDICT_AGAINST_POINTS: verdict != proposed_verdict([p.verdict for p in words.findings]),
        Contradiction.FINES_WITHOUT_CASE: figures.fines > 0 and figures.penalty_cases == 0,
        Contradiction.DONE_WITHOUT_HANDLING: not unfounded and done and not words.handling.strip(),
        Contradiction.DONE_WITH_OPEN_MEASURES: done and bool(_planned(words)),
        Contradiction.STAGED_WITHOUT_TARGET: not done and not words.target.strip(),
        Contradiction.ACCOUNTABLE_WITHOUT_WORDS: figures.held_accountable > 0 and silent,
    }
    return [found for found, holds in checks.items() if holds]


def remarks(words: SubmitReply, files: Files) -> list[Remark]:
    """Everything that does not fit together: the words, the figures beside the texts, the files."""
    found = [Remark(code) for code in contradictions(words)]
    founded = overall(words) != Verdict.UNFOUNDED
    if founded and words.completion == Completion.DONE and not files.pairs:
        found.append(Remark(Contradiction.DONE_WITHOUT_PICTURES))
    return [*found, *_about_figures(words, files)]


def unanswered(words: SubmitReply, files: Files) -> list[Remark]:
    return [one for one in remarks(words, files) if not words.answers.get(one.name, "").strip()]


def _about_figures(words: SubmitReply, files: Files) -> Iterator[Remark]:
    texts = [words.report_upward, words.publication_draft, words.handling, words.accountability]
    for figure in FIGURES:
        amount = Decimal(getattr(words.figures, figure))
        against = next((text for text in texts if not fits(figure, amount, text)), None)
        if against is not None:
            said = "、".join(f"{number:f}" for number in numbers_in(figure, against))
            yield Remark(Contradiction.FIGURE_AGAINST_TEXT, figure, said)
        if not amount:
            continue
        if not speaks_of(figure, texts):
            yield Remark(Contradiction.FIGURE_WITHOUT_TEXT, figure)
        if figure not in files.documents:
            yield Remark(Contradiction.FIGURE_WITHOUT_COPY, figure)


def _missing_sources(words: SubmitReply) -> Iterator[tuple[str, str]]:
    for figure in FIGURES:
        if not getattr(words.figures, figure):
            continue
        source = words.sources.get(figure)
        if source is None or not source.unit.strip():
            yield f"{figure}_unit", NO_UNIT
        if source is None or not source.document.strip():
            yield f"{figure}_document", NO_DOCUMENT
        if source is None or source.dated is None:
            yield f"{figure}_dated", NO_DATE


def _missing_measures(words: SubmitReply) -> Iterator[tuple[str, str]]:
    for one in words.measures:
        if not one.text.strip():
            yield f"{one.kind}_text_{one.row}", NO_MEASURE
        if one.day is None:
            yield f"{one.kind}_day_{one.row}", NO_END if one.kind == MeasureKind.PLANNED else NO_DAY
    if words.completion != Completion.DONE and not _planned(words):
        yield "planned_text_1", NOTHING_PLANNED


def _missing_spots(words: SubmitReply, files: Files) -> Iterator[tuple[str, str]]:
    named = {spot.row for spot in words.spots if spot.place.strip()}
    for row in sorted(named | {row for row, shown in files.spots.items() if shown}):
        if row not in named:
            yield f"place_{row}", NO_PLACE
        elif not files.spots.get(row):
            yield slot_of(BEFORE, row), NO_PICTURE


def _planned(words: SubmitReply) -> list[str]:
    return [one.text for one in words.measures if one.kind == MeasureKind.PLANNED]


def _punished(figures: Figures) -> bool:
    return any(getattr(figures, name) > 0 for name in MEASURES)
