"""The auditor's one deed: to re-compute the ledger. That it was done is ledgered too."""

from app.db import session as database
from app.db import transaction
from app.domain.doings import Doing, acting_role, write_down
from app.domain.ledger import SYSTEM_CHAIN, Verdict, verify
from app.domain.people import Actor
from app.domain.workflow.vocabulary import Role


def verify_ledger(actor: Actor) -> Verdict:
    """Re-compute every chain and name the first entry that does not fit. Raises NotAllowed."""
    role = acting_role(actor, Role.AUDITOR)
    verdict = verify(database())
    with transaction() as session:
        facts = {"entries": verdict.entries, "bad_entry": verdict.bad_entry}
        write_down(session, actor, role, Doing.VERIFY_LEDGER, "ledger", SYSTEM_CHAIN, facts=facts)
    return verdict
