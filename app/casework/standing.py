"""Who has a case, what is disputed and who decides, which later days were allowed: in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from app.casework.presenting import UNSURE, Line
from app.casework.queries.levels import Disputed, Extended, Held
from app.web.language import local_date, term


def levels_told(levels: Iterable[Held]) -> list[Line]:
    """One line for each unit that was given the case, the first one first."""
    return [Line(_titled(one), None, _given(one), one.reason) for one in levels]


def disputes_told(disputes: Iterable[Disputed]) -> list[Line]:
    return [
        Line(_("%(unit)s says it is not responsible", unit=one.unit), None, local_date(one.raised_on), _decision(one))
        for one in disputes
    ]


def extensions_told(extensions: Iterable[Extended]) -> list[Line]:
    """From which day to which, who allowed it, why, and how late the case was then."""
    return [
        Line(
            f"{local_date(one.before)} → {local_date(one.after)}" if one.before else local_date(one.after),
            one.entry.at,
            " ".join(part for part in (term(one.entry.role), one.entry.person) if part),
            "\n".join(part for part in (one.reason, _late(one.entry.late_when_extended)) if part),
        )
        for one in extensions
    ]


def who_decides(one: Disputed) -> str:
    """Who decides a dispute and by when; where that day has passed, that the city may."""
    superior = one.superior or _("The city’s liaison group")
    if one.decide_by is None:
        return str(_("%(unit)s decides.", unit=superior))
    unsure = "" if one.announced else UNSURE
    told = [_("%(unit)s decides, by %(day)s.", unit=superior, day=local_date(one.decide_by) + unsure)]
    if one.overdue:
        told.append(
            _("That day has passed: the city may decide instead.") if one.superior else _("That day has passed.")
        )
    return "\n".join(told)


def _titled(one: Held) -> str:
    return str(_("%(unit)s (leads now)", unit=one.unit)) if one.leads else one.unit


def _given(one: Held) -> str:
    day = local_date(one.since)
    if one.by:
        told = [_("given by %(unit)s on %(day)s", unit=one.by, day=day)]
    else:
        told = [_("assigned by the city on %(day)s", day=day)]
    if one.until:
        told.append(_("ended on %(day)s", day=local_date(one.until)))
    elif one.leads and one.dispute_by:
        unsure = "" if one.announced else UNSURE
        told.append(_("may be disputed until %(day)s", day=local_date(one.dispute_by) + unsure))
    return " · ".join(told)


def _decision(one: Disputed) -> str:
    named = [_("Named as responsible instead: %(unit)s.", unit=one.other)] if one.other else []
    if one.decided_on is None:
        return "\n".join([*named, who_decides(one)])
    superior, day = one.superior or _("The city’s liaison group"), local_date(one.decided_on)
    told = _("Accepted by %(unit)s on %(day)s.", unit=superior, day=day) if one.upheld else _(
        "Refused by %(unit)s on %(day)s.", unit=superior, day=day
    )  # fmt: skip
    return "\n".join([*named, told])


def _late(days: int) -> str:
    return str(ngettext("It was %(num)s day late then.", "It was %(num)s days late then.", days)) if days else ""
