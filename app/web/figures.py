"""Fields for days, moments, counts and sums."""

import unicodedata
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import fields as wt
from wtforms import validators as check

from app.kernel import clock, text
from app.web.fields import Ours, rules

SEPARATORS = str.maketrans("", "", ", _元¥")
LARGEST_SUM = Decimal("999999999999.99")


def plain_figures(typed: str) -> str:
    """Figures as Python reads them: full-width digits and separators of thousands are forgiven."""
    return unicodedata.normalize("NFKC", text.one_line(typed)).translate(SEPARATORS)


class DateField(Ours, wt.DateField):
    """A day."""

    def __init__(self, label: Any, *, required: bool = True, hint: Any = "", **rest: Any) -> None:
        rest.setdefault("render_kw", {"class": "w-s"})
        super().__init__(label, rules(required=required), description=hint, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Please give the date as year-month-day, for example 2024-03-15.")) from error


class MomentField(Ours, wt.DateTimeLocalField):
    """A date and an hour on the office's wall; `data` is the aware moment in UTC."""

    def __init__(self, label: Any, *, required: bool = True, hint: Any = "", **rest: Any) -> None:
        rest.setdefault("render_kw", {"class": "w-s"})
        super().__init__(label, rules(required=required), description=hint, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_l("Please give the date and the time, for example 2024-03-15 09:20.")) from error
        if isinstance(self.data, datetime):
            self.data = clock.at_local(self.data.date(), self.data.time())

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return f"{clock.local(self.data):%Y-%m-%dT%H:%M}" if self.data else ""


class CountField(Ours, wt.IntegerField):
    """A whole number from `least` to `most`."""

    def __init__(
        self, label: Any, *, least: int = 0, most: int = 10**9, required: bool = True, hint: Any = "", **rest: Any
    ) -> None:
        between = _l("Please give a whole number from %(least)s to %(most)s.", least=least, most=most)
        rest.setdefault("render_kw", {"class": "w-s"})
        within = check.NumberRange(least, most, between)
        super().__init__(label, rules(within, required=required), description=hint, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata([figures for value in valuelist if (figures := plain_figures(value))])
        except ValueError as error:
            raise ValueError(_l("Please give a whole number.")) from error


class MoneyField(Ours, wt.StringField):
    """A sum in yuan, to the cent, as a Decimal. A third decimal is refused, not rounded."""

    def __init__(self, label: Any, *, required: bool = True, hint: Any = "", **rest: Any) -> None:
        rest.setdefault("render_kw", {"class": "w-s", "inputmode": "decimal", "maxlength": 20})
        super().__init__(label, rules(required=required), (), hint, **rest)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Any = None
        typed = plain_figures(valuelist[0]) if valuelist else ""
        if not typed:
            return
        try:
            amount = Decimal(typed)
            self.data = round(amount, 2) if amount.is_finite() and 0 <= amount <= LARGEST_SUM else None
        except InvalidOperation:
            amount = Decimal(0)
        if self.data is None or self.data != amount:
            self.data = None
            raise ValueError(_l("Please give the sum in yuan with at most two decimals, for example 12000.50."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:.2f}"
