"""What may tell who reported, by kind, and the neutral words that can stand in its place."""

from collections.abc import Mapping

from app.domain.workflow.terms import Term


class Mark(Term):
    """GIVEN: what its reporter also gave as name, telephone or address of their own; it weighs most."""

    GIVEN = "given", "举报人本人登记的信息", "What the reporter gave of themselves"
    NAME = "name", "姓名", "Name"
    PHONE = "phone", "电话号码", "Telephone number"
    IDENTITY = "identity", "身份证号", "Identity number"
    BANK = "bank", "银行卡号", "Bank card number"
    ACCOUNT = "account", "邮箱、微信或QQ号", "E-mail, WeChat or QQ"
    PLATE = "plate", "车牌号", "Number plate"
    HOUSE = "house", "门牌号", "House or flat number"
    KIN = "kin", "家人称呼", "Words for family"
    WORK = "work", "单位或身份", "Employer or position"
    EARLIER = "earlier", "此前投诉的编号", "Number of an earlier complaint"
    OWN = "own", "自称", "Words for oneself"


NEUTRAL: Mapping[Mark, tuple[str, ...]] = {
    Mark.GIVEN: ("举报人", "一名居民", "某小区"),
    Mark.NAME: ("举报人", "一名居民", "某某"),
    Mark.PLATE: ("一辆车",),
    Mark.HOUSE: ("某小区", "某栋楼", "附近居民楼"),
    Mark.KIN: ("家人", "一名居民"),
    Mark.WORK: ("一名居民", "举报人", "某单位人员"),
    Mark.OWN: ("附近居民", "举报人", "某店"),
}
"""Where nothing neutral says what the words said (a telephone, a card), they can only go, or stay with a reason."""
