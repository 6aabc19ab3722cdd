"""In which words an event is told: an inspection's own, else those shipped; {names} are filled in, nothing else is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.inspection import Inspection
from app.domain.message import Message, Reminder, Wording
from app.domain.news import NEWS, NEWS_NAMES, SHIPPED_NEWS, ReporterNews, with_address
from app.domain.workflow.case import CASE
from app.domain.workflow.rectification import RECTIFICATION
from app.domain.workflow.report import REPORT
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import CaseAction, Role
from app.kernel import crypto
from app.kernel.errors import N_, Refused
from app.web.telling import fill

ZH, EN = "zh", "en"
LANGUAGES = (ZH, EN)
NAMES = ("number", "event", "due", "inspection")
LONGEST_SUBJECT, LONGEST_BODY = 80, 600
NAME = re.compile(r"\{([^{}]*)\}")
BATCH = "batch"
TABLES = (REPORT, CASE, RECTIFICATION)
PLAIN = {
    ZH: ("{number} {event}", "{inspection}：{number} {event}。{due}"),
    EN: ("{number}: {event}", "{inspection}: {number} – {event}. {due}"),
}
SHIPPED: Mapping[str, Mapping[str, tuple[str, str]]] = {
    f"{BATCH}.{CaseAction.HAND_OVER}": {
        ZH: ("第{number}批已交办，请签收", "{inspection}：第{number}批转办件已交办，请登录系统签收。"),
        EN: ("Batch {number} was handed over", "{inspection}: batch {number} was handed over. Please sign for it."),
    },
    f"case.{Reminder.DUE_SOON}": {
        ZH: ("{number} 即将到期", "{inspection}：{number} 尚未反馈。{due}"),
        EN: ("{number} is due soon", "{inspection}: {number} has not been answered yet. {due}"),
    },
    f"case.{Reminder.DUE_TODAY}": {
        ZH: ("{number} 今日到期", "{inspection}：{number} 今日到期，尚未反馈，请今日办结反馈。"),
        EN: ("{number} is due today", "{inspection}: {number} is due today and has not been answered yet."),
    },
    f"case.{Reminder.OVERDUE}": {
        ZH: ("{number} 已逾期", "{inspection}：{number} 已逾期，尚未反馈，请立即办理。{due}"),
        EN: ("{number} is overdue", "{inspection}: {number} is overdue and has not been answered yet. {due}"),
    },
    f"rectification.{Reminder.MEASURE_SOON}": {
        ZH: ("{number} 整改措施即将到期", "{inspection}：{number} 有一项整改措施尚未完成。{due}"),
        EN: ("A measure of {number} is due soon", "{inspection}: a measure of {number} has not been done yet. {due}"),
    },
    f"rectification.{Reminder.MEASURE_TODAY}": {
        ZH: ("{number} 整改措施今日到期", "{inspection}：{number} 有一项整改措施今日到期，尚未完成。"),
        EN: ("A measure of {number} is due today", "{inspection}: a measure of {number} is due today and not done."),
    },
    f"rectification.{Reminder.MEASURE_LATE}": {
        ZH: ("{number} 整改措施已逾期", "{inspection}：{number} 有一项整改措施已逾期，尚未完成，请立即办理。{due}"),
        EN: ("A measure of {number} is overdue", "{inspection}: a measure of {number} is overdue and not done. {due}"),
    },
    f"rectification.{Reminder.LOOK_BACK_SOON}": {
        ZH: ("{number} 回头看即将到期", "{inspection}：{number} 已销号，尚未回头看。{due}"),
        EN: ("The look-back of {number} is due soon", "{inspection}: {number} has not been looked back at yet. {due}"),
    },
    f"rectification.{Reminder.LOOK_BACK_TODAY}": {
        ZH: ("{number} 回头看今日到期", "{inspection}：{number} 已销号，今日应完成回头看。"),
        EN: ("The look-back of {number} is due today", "{inspection}: {number} is to be looked back at today."),
    },
    f"rectification.{Reminder.LOOK_BACK_LATE}": {
        ZH: ("{number} 回头看已逾期", "{inspection}：{number} 已销号，回头看已逾期。{due}"),
        EN: ("The look-back of {number} is overdue", "{inspection}: the look-back of {number} is overdue. {due}"),
    },
    f"rectification.{Reminder.NOTICE_OVER}": {
        ZH: ("{number} 公示期满", "{inspection}：{number} 拟销号公示期已满，请核对异议并办理下一步。"),
        EN: ("The notice of {number} has ended", "{inspection}: the public notice of {number} has ended."),
    },
    f"report.{Reminder.UNANSWERED}": {
        ZH: ("{number} 补充期满未回复", "{inspection}：{number} 的举报人逾期未补充，请按现有内容研判。"),
        EN: ("{number} was not answered", "{inspection}: nobody answered for {number}. Please judge what is there."),
    },
}  # fmt: skip
BY = {ZH: "期限：{day}。", EN: "By {day}."}
SEVERAL = {ZH: "{count}条消息：{first} 等", EN: "{count} messages: {first} and others"}
HERE = "https://hotline.example.cn/track"
MADE_UP = {"number": "D2ZZ202403150001-1", "due": "2024-03-22", "inspection": "第二轮督察 · 某督察组 · 某市"}


@dataclass(frozen=True)
class Words:
    """What goes out: a subject and a body without a line of its own for the address."""

    subject: str
    body: str
    language: str

    def several(self, count: int) -> str:
        """The subject of a mail that holds more than this message."""
        return fill(SEVERAL[self.language], {"count": str(count), "first": self.subject})


def events() -> dict[str, Term]:
    """Everything that is told to people with accounts: its key, and its name in the office's words."""
    found: dict[str, Term] = {f"{BATCH}.{CaseAction.HAND_OVER}": CaseAction.HAND_OVER}
    for table in TABLES:
        for row in table.rows:
            if set(row.tells) - {Role.CITIZEN} and row.action is not CaseAction.HAND_OVER:
                found[f"{table.noun}.{row.action}"] = row.action
    found[NEWS] = ReporterNews.NEWS
    reminders = {key: Reminder(key.partition(".")[2]) for key in SHIPPED if not key.startswith(BATCH)}
    return found | reminders


def name_of(key: str) -> Term | None:
    """What an event is called. The city is told of a report's as of its case's: then the action alone says it."""
    known, event = events(), key.partition(".")[2]
    return known.get(key) or next((name for one, name in known.items() if one.partition(".")[2] == event), None)


def words_of(session: Session, message: Message, language: str) -> Words:
    """A message in one language."""
    return all_words(session, [message], language)[message.id]


def all_words(session: Session, some: Sequence[Message], language: str) -> dict[int, Words]:
    """Messages in one language, by their ids; two statements, however many they are."""
    chosen, here = language if language in LANGUAGES else ZH, {one.inspection_id for one in some}
    kept = session.scalars(select(Wording).where(Wording.inspection_id.in_(here), Wording.language == chosen))
    own = {(one.inspection_id, one.event): (one.subject, one.body) for one in kept}
    titles = {one.id: one.title for one in session.scalars(select(Inspection).where(Inspection.id.in_(here)))}
    found = {}
    for one in some:
        key = f"{one.noun}.{one.event}"
        subject, body = own.get((one.inspection_id, key)) or shipped(key, chosen)
        facts = {"number": one.number, "due": one.due, "inspection": titles[one.inspection_id]}
        found[one.id] = filled(key, chosen, subject, body, facts)
    return found


def shipped(key: str, language: str) -> tuple[str, str]:
    if key == NEWS:
        return SHIPPED_NEWS[language]
    return SHIPPED.get(key, PLAIN)[language]


def filled(key: str, language: str, subject: str, body: str, facts: Mapping[str, str]) -> Words:
    """`facts`: number, due (ISO or ""), inspection."""
    if key == NEWS:
        return Words(with_address(subject, HERE), with_address(body, HERE), language)
    name = name_of(key)
    day = facts["due"] and (_day(facts["due"]) if language == ZH else facts["due"])
    known = {
        "number": facts["number"],
        "event": (name.zh if language == ZH else name.en) if name else "",
        "due": fill(BY[language], {"day": day}) if day else "",
        "inspection": facts["inspection"],
    }
    return Words(fill(subject, known).strip(), fill(body, known).strip(), language)


def _day(kept: str) -> str:
    day = date.fromisoformat(kept)
    return f"{day.year}年{day.month}月{day.day}日"


def names_of(key: str) -> tuple[str, ...]:
    """What can be filled in for an event: for a reporter nothing that tells of the matter."""
    return NEWS_NAMES if key == NEWS else NAMES


def look_over(key: str, subject: str, body: str) -> None:
    """Raises Refused for a name that cannot be filled in, or words that are too long."""
    strange = [name for name in NAME.findall(subject + body) if name not in names_of(key)]
    if strange:
        raise Refused(N_("“{%(name)s}” cannot be filled in."), name=strange[0])
    if not subject or not body:
        raise Refused(N_("Both the subject and the text have to be filled in."))
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        raise Refused(
            N_("The subject may have %(subject)s characters, the text %(body)s."),
            subject=LONGEST_SUBJECT,
            body=LONGEST_BODY,
        )


@dataclass(frozen=True)
class WordingRow:
    """An event and how it is told; `own`: the inspection has its own words."""

    key: str
    name: Term
    language: str
    subject: str
    body: str
    own: bool

    def preview(self) -> Words:
        return filled(self.key, self.language, self.subject, self.body, made_up(self.key))


def made_up(key: str) -> dict[str, str]:
    """Something for every name, to look at words by; a batch has a number of its own."""
    return MADE_UP | ({"number": "3", "due": ""} if key.startswith(BATCH) else {})


def preview(row: WordingRow, subject: str, body: str) -> Words:
    """How words would read that are not kept yet. Raises Refused as they would be."""
    look_over(row.key, subject, body)
    return filled(row.key, row.language, subject, body, made_up(row.key))


def wordings(session: Session, inspection_id: int, language: str) -> list[WordingRow]:
    own = {one.event: one for one in session.scalars(
        select(Wording).where(Wording.inspection_id == inspection_id, Wording.language == language)
    )}  # fmt: skip
    found = []
    for key, name in events().items():
        kept = own.get(key)
        subject, body = (kept.subject, kept.body) if kept else shipped(key, language)
        found.append(WordingRow(key, name, language, subject, body, kept is not None))
    return found


def mark_of(words: Words) -> str:
    """By which a form says that these words were shown as they will read."""
    return crypto.digest([words.subject, words.body])[:20]
