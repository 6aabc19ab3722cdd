"""What is done beside the three workflow tables: signing in, people and settings, the vault. Each is ledgered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.domain import ledger
from app.domain.people import Actor
from app.domain.workflow.terms import Term
from app.domain.workflow.vocabulary import Need, Role
from app.kernel.errors import N_, NotAllowed


class Doing(Term):
    SIGN_IN = "sign_in", "登录", "Sign in"
    SIGN_IN_REFUSED = "sign_in_refused", "登录未成功", "Sign-in refused"
    SIGN_OUT = "sign_out", "退出", "Sign out"
    CHANGE_PASSWORD = "change_password", "修改密码", "Change the password"
    RESET_PASSWORD = "reset_password", "重置密码", "Reset the password"
    ADD_PERSON = "add_person", "新增人员", "Add a person"
    CHANGE_PERSON = "change_person", "修改人员", "Change a person"
    APPOINT = "appoint", "任命", "Appoint"
    END_APPOINTMENT = "end_appointment", "免去任命", "End an appointment"
    ADD_UNIT = "add_unit", "新增单位", "Add a unit"
    CHANGE_UNIT = "change_unit", "修改单位", "Change a unit"
    ADD_INSPECTION = "add_inspection", "新建督察", "Add an inspection"
    CHANGE_INSPECTION = "change_inspection", "修改督察设置", "Change an inspection's settings"
    CHANGE_TEMPLATE = "change_template", "更换文书模板", "Change a document's template"
    RESET_TEMPLATE = "reset_template", "恢复文书模板", "Reset a document's template"
    CHANGE_CALENDAR = "change_calendar", "修改工作日历", "Change the calendar"
    CHANGE_RULE = "change_rule", "修改建议规则", "Change a rule of suggestions"
    LEARN_SUGGESTIONS = "learn_suggestions", "训练建议模型", "Train the model of suggestions"
    ADD_KEY = "add_key", "发放系统接口密钥", "Give a system its key"
    REVOKE_KEY = "revoke_key", "停用系统接口密钥", "End a system's key"
    TAKE_SHEET = "take_sheet", "导入台账", "Take a ledger sheet in"
    SHEET_TAKEN = "sheet_taken", "台账导入完成", "Ledger sheet taken in"
    RAISE_ALARM = "raise_alarm", "发出预警", "Raise an alarm"
    SEE_ALARM = "see_alarm", "查看预警", "See an alarm"
    TAKE_DOSSIER = "take_dossier", "领取一件一档", "Take a dossier"
    DRAW_SPOT_CHECK = "draw_spot_check", "抽取抽查名单", "Draw a list for a spot check"
    NOTE_SPOT_CHECK = "note_spot_check", "登记核查结果", "Note a spot check"
    KEEP_FIELD_RECORD = "keep_field_record", "提交现场核查记录", "Keep a field record"
    ADD_HOOK = "add_hook", "新增消息推送接口", "Add a webhook"
    END_HOOK = "end_hook", "停用消息推送接口", "End a webhook"
    WORD_MESSAGE = "word_message", "修改消息文字", "Word a message"
    RESEND = "resend", "重新发送消息", "Send a message again"
    NAME_DEPUTY = "name_deputy", "委托代签", "Name a deputy"
    END_DEPUTY = "end_deputy", "终止代签委托", "End a deputy's time"
    DROP_DELIVERY = "drop_delivery", "不再发送消息", "Drop a message"
    HOLD_FILE = "hold_file", "隔离材料", "Hold a file back"
    VERIFY_LEDGER = "verify_ledger", "校验留痕", "Verify the ledger"
    ASK_OPENING = "ask_opening", "申请查看举报人身份", "Ask to open an identity"
    ALLOW_OPENING = "allow_opening", "同意查看", "Allow the opening"
    REFUSE_OPENING = "refuse_opening", "不同意查看", "Refuse the opening"
    OPEN_IDENTITY = "open_identity", "打开举报人身份", "Open an identity"
    LEND_NUMBER = "lend_number", "交出询问电话号码", "Lend a number for ringing up"
    SEE_NUMBER = "see_number", "查看询问电话号码", "See a number that was lent"
    OPENING_FAILED = "opening_failed", "口令错误，未能打开", "Wrong passphrase, not opened"


def acting_role(actor: Actor, *allowed: Role, inspection_id: int | None = None) -> Role:
    """The first of these roles that the actor holds (in that inspection, if one is named). Raises NotAllowed."""
    for role in allowed:
        held = actor.inspections(role)
        if held is None or (held if inspection_id is None else inspection_id in held):
            return role
    raise NotAllowed(N_("Your role may not do this."))


def any_role(actor: Actor) -> Role:
    """The role a person is noted under for what everybody may do: the first they hold."""
    return next((role for role in Role if role in actor.roles), Role.CITIZEN)


def write_down(  # noqa: PLR0913  (a sentence: who did what to which, and where it is written)
    session: Session,
    actor: Actor,
    role: Role,
    doing: Doing,
    noun: str,
    noun_id: int,
    *,
    chain: int = ledger.SYSTEM_CHAIN,
    said: Mapping[Need, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> ledger.LedgerEntry:
    """Ledger one doing in the caller's transaction. `facts`: ids, codes and names of fields, nothing of a person."""
    happening = ledger.Happening(chain, actor.person_id, role, actor.now(), noun, noun_id, doing)
    return ledger.append(session, happening, said, facts)
