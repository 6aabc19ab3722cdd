"""Changing the rules of the suggestions: each change is ledgered in the system's own chain, by codes and counts."""

import secrets

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.db import transaction
from app.domain.doings import Doing, acting_role, write_down
from app.domain.people import Actor
from app.domain.suggesting.records import SuggestionRule
from app.domain.suggesting.rules import Rule, problems, shipped
from app.domain.workflow.vocabulary import Role
from app.kernel import crypto
from app.kernel.errors import NotFound, Refused
from app.triage.commands import WriteRule

EVERY_RULE = 0
"""The number of all rules together in the ledger."""


def write_rule(actor: Actor, words: WriteRule) -> str:
    """Add a rule (no code), or change one; gives its code. Raises NotFound, NotAllowed or Refused."""
    code = words.code or f"own_{secrets.token_hex(4)}"
    rule = Rule(code, words.kind, words.target, words.words, words.unless, words.weight, words.enabled)
    with transaction() as session:
        role = ruling(actor)
        wrong = next(problems(rule, session), None)
        if wrong is not None:
            raise Refused(wrong.sentence, fields={wrong.field: wrong.sentence})
        kept = find(session, code)
        if kept is None:
            if words.code and code not in shipped():
                raise NotFound
            kept = SuggestionRule(code=code)
            session.add(kept)
        kept.kind, kept.target = str(rule.kind), rule.target
        kept.words, kept.unless = list(rule.words), list(rule.unless)
        kept.weight, kept.enabled = rule.weight, rule.enabled
        session.flush()
        facts = {
            "code": code,
            "target": f"{rule.kind}:{rule.target}",
            "weight": rule.weight,
            "enabled": rule.enabled,
            "words": len(rule.words),
            "digest": crypto.digest([kept.words, kept.unless]),
        }
        write_down(session, actor, role, Doing.CHANGE_RULE, "suggestion_rule", kept.number, facts=facts)
    return code


def reset_rule(actor: Actor, code: str) -> bool:
    """A shipped rule as it was shipped, an own one away; whether it is still there. Raises NotFound, NotAllowed."""
    with transaction() as session:
        role, kept = ruling(actor), find(session, code)
        if kept is None:
            if code not in shipped():
                raise NotFound
            return True
        facts = {"code": code, "shipped": code in shipped(), "reset": True}
        write_down(session, actor, role, Doing.CHANGE_RULE, "suggestion_rule", kept.number, facts=facts)
        session.delete(kept)
    return code in shipped()


def reset_every_rule(actor: Actor) -> int:
    """All shipped rules as they were shipped; the office's own stay. Gives how many were changed back."""
    with transaction() as session:
        role = ruling(actor)
        changed = SuggestionRule.code.in_(list(shipped()))
        codes = list(session.scalars(select(SuggestionRule.code).where(changed).order_by(SuggestionRule.number)))
        if codes:
            facts = {"codes": codes, "reset": True}
            write_down(session, actor, role, Doing.CHANGE_RULE, "suggestion_rule", EVERY_RULE, facts=facts)
            session.execute(delete(SuggestionRule).where(changed))
    return len(codes)


def ruling(actor: Actor) -> Role:
    return acting_role(actor, Role.ADMINISTRATOR, Role.LEADER) if not _leads(actor) else Role.LEADER


def _leads(actor: Actor) -> bool:
    """A leader of any inspection: the rules are the installation's."""
    return Role.LEADER in actor.roles


def find(session: Session, code: str) -> SuggestionRule | None:
    return session.scalar(select(SuggestionRule).where(SuggestionRule.code == code).with_for_update())
