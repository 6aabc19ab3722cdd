"""The demonstration: two inspections, their people and ten days' work, played through the services people use.

What happens is prose in content/*.toml; `content` reads it, `reports`, `cases`, `cycles` and `batches` make deeds of
it, each at its moment, and `player` carries them out in the order of their moments. Every deed is done by an actor
who speaks of that moment (`Actor.at`), so the ledger keeps when it happened and when it was entered; no clock is
turned back. Nothing here knows a rule: what a service refuses, the demonstration cannot do either.
"""
