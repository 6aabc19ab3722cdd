"""Who can be signed in as, and which query codes can be tried: told when the demonstration is made, and every time."""

from dataclasses import dataclass

from sqlalchemy import select

from app.db import session
from app.demo import reading
from app.demo.people import PASSWORD
from app.demo.stage import query_code
from app.domain import opening
from app.domain.inspection import Inspection
from app.domain.installation import DEVELOPMENT_PASSPHRASE, Installation
from app.domain.report import Report
from app.domain.workflow.vocabulary import ReportState, Role
from app.kernel.errors import Refused


@dataclass(frozen=True)
class SignIn:
    login: str
    role: Role
    name: str
    title: str


@dataclass(frozen=True)
class Code:
    """A report's number, its query code, and how far it is now."""

    number: str
    code: str
    state: ReportState


@dataclass(frozen=True)
class Told:
    """`passphrase` is empty where the vault has one of its own."""

    sign_ins: tuple[SignIn, ...]
    password: str
    passphrase: str
    codes: tuple[Code, ...]


def told(house: Installation) -> Told:
    """Everything somebody needs to look around: one person for each role, and a few reporters' codes."""
    return Told(_one_for_each_role(), PASSWORD, _passphrase(house), tuple(_codes(house)))


def _one_for_each_role() -> tuple[SignIn, ...]:
    known = {one.login: one for one in reading.people()}
    chosen = [known[login] for login in reading.afterwards().sign_ins]
    return tuple(SignIn(one.login, Role(one.role), one.name, one.title) for one in chosen)


def _passphrase(house: Installation) -> str:
    try:
        opening.opener(house.locked_key(), DEVELOPMENT_PASSPHRASE)
    except Refused:
        return ""
    return DEVELOPMENT_PASSPHRASE


def _codes(house: Installation) -> list[Code]:
    """The reports that the script names as examples, found by the marks of their codes."""
    codes = {name: query_code(house, name) for name in reading.afterwards().examples}
    marks = {house.code_digest(code): code for code in codes.values()}
    stays = [stay.code for stay in reading.stays()]
    query = select(Report).join(Report.inspection).where(Inspection.code.in_(stays))
    found = session().scalars(query.where(Report.query_code_digest.in_(marks)).order_by(Report.received_at))
    return [Code(kept.number, marks[kept.query_code_digest or ""], ReportState(kept.state)) for kept in found]


def readable(told: Told) -> list[str]:
    """The lines of the telling."""
    widest = max(len(one.login) for one in told.sign_ins)
    lines = ["Sign in at /staff/sign-in:"]
    lines += [f"  {one.login:<{widest}}  「{one.role.zh}」  {one.name}，{one.title}" for one in told.sign_ins]
    lines.append(f"  Password of everybody: {told.password}")
    if told.passphrase:
        lines.append(f"  The custodian's passphrase for the vault: {told.passphrase}")
    lines.append("Query codes to try at /track:")
    lines += [f"  {code.code}  {code.number}  「{code.state.zh}」" for code in told.codes]
    return lines
