"""Sums: 元 inside, to the cent; 万元 in print, rounded once, where it is printed."""

from decimal import ROUND_HALF_UP, Decimal

TEN_THOUSAND = Decimal(10_000)
FINEST = Decimal("0.0001")
CENTS = Decimal("0.01")


def in_ten_thousands(yuan: Decimal) -> Decimal:
    """元 as 万元 with two to four decimals: 680000.00 → 68.00, 12345.00 → 1.2345."""
    whole, _, decimals = f"{(yuan / TEN_THOUSAND).quantize(FINEST, ROUND_HALF_UP):f}".partition(".")
    return Decimal(f"{whole}.{decimals.rstrip('0').ljust(2, '0')}")


def is_exact(yuan: Decimal) -> bool:
    """Whether four decimals of 万元 hold the sum without rounding."""
    return yuan == yuan.quantize(Decimal(1))


def cents(value: Decimal | float | None) -> Decimal:
    """What a database gives for a sum, as the cents it stands for."""
    return Decimal(str(value or 0)).quantize(CENTS, ROUND_HALF_UP)
