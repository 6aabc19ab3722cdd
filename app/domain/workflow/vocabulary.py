"""The words of the three workflow tables: roles, states, actions, what must be said, conditions, clocks."""

from app.domain.workflow.terms import Term


class Role(Term):
    """Who acts. CITIZEN needs no account; HISTORIAN and CLOCK are the system's own hands."""

    CITIZEN = "citizen", "举报人", "Citizen"
    CLERK = "clerk", "接线登记员", "Clerk"
    INSPECTOR = "inspector", "研判审核员", "Inspector"
    LEADER = "leader", "组领导", "Team leader"
    CUSTODIAN = "custodian", "信访保密员", "Custodian"
    COORDINATOR = "coordinator", "市协调联络组", "City coordinator"
    OFFICER = "officer", "承办单位联络人", "Unit officer"
    UNIT_LEADER = "unit_leader", "单位主要领导", "Unit leader"
    ACCEPTOR = "acceptor", "验收人员", "Acceptor"
    SUPERVISOR = "supervisor", "督导", "Supervisor"
    AUDITOR = "auditor", "审计", "Auditor"
    ADMINISTRATOR = "administrator", "管理员", "Administrator"
    HISTORIAN = "historian", "历史导入", "History import"
    CLOCK = "clock", "系统时钟", "System clock"


class ReportState(Term):
    REGISTERED = "registered", "待研判", "To be judged"
    ASKED = "asked", "待补充", "Waiting for the reporter"
    ACCEPTED = "accepted", "已受理", "Accepted"
    REFERRED = "referred", "已移交", "Referred elsewhere"
    MERGED = "merged", "重复件", "Repeat of an earlier report"
    VOIDED = "voided", "无效", "Void"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"
    ANSWERED = "answered", "已答复", "Answered"


class CaseState(Term):
    PREPARED = "prepared", "待编批", "To be batched"
    BATCHED = "batched", "已编批", "In a batch"
    HANDED_OVER = "handed_over", "已交办待签收", "Handed over, not yet signed for"
    RECEIVED = "received", "已签收待分办", "Signed for, not yet assigned"
    ASSIGNED = "assigned", "已分办", "Assigned"
    DISPUTED = "disputed", "管辖异议", "Jurisdiction disputed"
    INVESTIGATING = "investigating", "调查核实中", "Being investigated"
    SIGNING = "signing", "待领导签发", "Reply waits for its signature"
    CITY_REVIEW = "city_review", "市级审核", "City review"
    TEAM_REVIEW = "team_review", "督察组审核", "Team review"
    SECOND_CHECK = "second_check", "不属实复核", "Second check of an unfounded verdict"
    RETURNED = "returned", "退回重办", "Returned for rework"
    PASSED = "passed", "审核通过", "Passed"
    PUBLISHED = "published", "已公开", "Published"
    CANCELLED = "cancelled", "已撤销", "Cancelled"


class RectificationState(Term):
    PLANNING = "planning", "制定方案", "Planning"
    RECTIFYING = "rectifying", "整改中", "Being put right"
    CLIMBING = "climbing", "验收销号中", "On the sign-off ladder"
    SIGNED_OFF = "signed_off", "已销号", "Signed off"
    CONSOLIDATED = "consolidated", "已巩固", "Consolidated"
    RELAPSED = "relapsed", "反弹", "Relapsed"


class ReportAction(Term):
    REGISTER = "register", "登记", "Register"
    REGISTER_BLANK = "register_blank", "登记无声来电", "Register a blank call"
    ACCEPT = "accept", "受理", "Accept"
    REFER = "refer", "移交其他部门", "Refer elsewhere"
    MERGE = "merge", "并入重复件", "Merge as a repeat"
    ASK = "ask", "请举报人补充", "Ask the reporter"
    VOID = "void", "判为无效", "Mark void"
    TAKE = "take", "领取", "Take"
    HAND_ON = "hand_on", "转给他人", "Hand on"
    RELEASE = "release", "放回待领", "Put back"
    ANSWER = "answer", "补充回答", "Answer the question"
    RING = "ring", "电话询问，未得到答复", "Rang up without an answer"
    DECLINE = "decline", "电话询问，举报人不愿补充", "The reporter has nothing to add"
    LAPSE = "lapse", "逾期未补充，按现有材料研判", "Decide on what is there"
    ADD = "add", "补充情况", "Add something"
    WITHDRAW = "withdraw", "撤回", "Withdraw"
    ACKNOWLEDGE = "acknowledge", "登记对方签收", "Record the receiver's acknowledgement"
    MARK_KEY = "mark_key", "标为重点件", "Mark as key"
    UNMARK_KEY = "unmark_key", "取消重点件", "Unmark as key"
    UNDO = "undo", "撤销研判", "Undo the decision"
    CONCLUDE = "conclude", "答复举报人", "Answer the reporter"
    RATE = "rate", "评价", "Rate the answer"


class CaseAction(Term):
    OPEN = "open", "生成转办件", "Open"
    APPROVE_TEXT = "approve_text", "审定转办文本", "Approve the hand-over text"
    SECOND_APPROVE = "second_approve", "复核转办文本", "Approve the text as the second person"
    BATCH = "batch", "编入批次", "Put into the batch"
    TAKE_OUT = "take_out", "移出批次", "Take out of the batch"
    HAND_OVER = "hand_over", "交办", "Hand over"
    SIGN_FOR = "sign_for", "签收", "Sign for"
    ASSIGN = "assign", "分办", "Assign"
    PASS_DOWN = "pass_down", "转交下级承办", "Pass down"
    PASS_ANEW = "pass_anew", "收回改派", "Re-assign below"
    DISPUTE = "dispute", "提出管辖异议", "Dispute jurisdiction"
    UPHOLD_DISPUTE = "uphold_dispute", "异议成立，重新分办", "Accept the dispute"
    SETTLE_DISPUTE = "settle_dispute", "异议成立，改派所属单位", "Accept the dispute and re-assign below"
    DISMISS_DISPUTE = "dismiss_dispute", "异议不成立，维持分办", "Refuse the dispute"
    INVESTIGATE = "investigate", "开始调查核实", "Begin the investigation"
    EXTEND = "extend", "批准延期", "Extend the deadline"
    REPLY = "reply", "提交办理情况", "Submit the reply"
    SIGN_REPLY = "sign_reply", "签发", "Sign the reply"
    SEND_BACK = "send_back", "退回修改", "Send back for changes"
    CITY_PASS = "city_pass", "市级审核通过", "Pass at city review"
    CITY_RETURN = "city_return", "市级退回", "Return at city review"
    PASS = "pass", "审核通过", "Pass"
    REQUIRE_CHECK = "require_check", "转不属实复核", "Send to the second check"
    CONFIRM_UNFOUNDED = "confirm_unfounded", "复核认定不属实", "Confirm that it is unfounded"
    TEAM_RETURN = "team_return", "督察组退回", "Return at team review"
    PUBLISH = "publish", "公开", "Publish"
    UNPUBLISH = "unpublish", "撤下公开内容", "Unpublish"
    REOPEN = "reopen", "重新审核", "Reopen the review"
    SPOT_CHECK = "spot_check", "现场抽查", "Check on the spot"
    CALL_BACK = "call_back", "安排回访", "Have the reporter called back"
    TRY_CALL_BACK = "try_call_back", "回访未接通", "Called back without reaching anybody"
    HEAR_CALL_BACK = "hear_call_back", "登记回访结果", "Note what the call-back brought"
    HEAR_DISSATISFIED = "hear_dissatisfied", "回访不满意，重新审核", "Dissatisfied at the call-back: review again"
    CANCEL = "cancel", "撤销转办件", "Cancel"
    ENTER_HISTORY = "enter_history", "录入历史结果", "Enter a published result"


class RectificationAction(Term):
    OPEN = "open", "启动整改", "Open"
    ADD_MEASURE = "add_measure", "增加整改措施", "Add a measure"
    ADOPT_PLAN = "adopt_plan", "确定整改方案", "Adopt the plan"
    PROGRESS = "progress", "登记进展", "Report progress"
    PROPOSE_CHANGE = "propose_change", "申请调整整改方案", "Propose a change of the plan"
    APPROVE_CHANGE = "approve_change", "同意调整整改方案", "Approve the change of the plan"
    REFUSE_CHANGE = "refuse_change", "不同意调整整改方案", "Refuse the change of the plan"
    PUBLISH_PLAN = "publish_plan", "公示整改情况", "Publish the plan and its progress"
    GATHER = "gather", "登记销号佐证材料", "Gather evidence for the sign-off"
    CONFIRM_SAME = "confirm_same", "认定为同类问题", "Confirm the same fault elsewhere"
    DECLINE_SAME = "decline_same", "认定不是同类问题", "Decline the same fault elsewhere"
    SUBMIT = "submit", "申请验收销号", "Submit for sign-off"
    SELF_CHECK = "self_check", "自查合格", "Sign the self-check"
    COUNTY_ACCEPT = "county_accept", "县级验收合格", "Accept for the county"
    DEPARTMENT_ACCEPT = "department_accept", "部门验收合格", "Accept for the department"
    CITY_ACCEPT = "city_accept", "市级复核合格", "Accept for the city"
    OPEN_NOTICE = "open_notice", "开始公示", "Open the public notice"
    OBJECT = "object", "提出异议", "Object"
    UPHOLD_OBJECTION = "uphold_objection", "异议成立", "Uphold the objection"
    DISMISS_OBJECTION = "dismiss_objection", "异议不成立", "Dismiss the objection"
    CLOSE_NOTICE = "close_notice", "公示期满无异议", "Close the public notice"
    LEADER_SIGN = "leader_sign", "主要领导审签", "Sign as leader"
    SIGN_OFF = "sign_off", "销号", "Sign off"
    FILE = "file", "备案", "File"
    FIND_CONSOLIDATED = "find_consolidated", "回头看：巩固", "Look-back: consolidated"
    FIND_RELAPSED = "find_relapsed", "回头看：反弹", "Look-back: relapsed"
    DRAW_LOOK_BACK = "draw_look_back", "抽中回头看", "Drawn for a look-back"
    REPORTED_AGAIN = "reported_again", "销号后再次被反映", "Reported again after the sign-off"
    REFUSE = "refuse", "不通过，退回整改", "Refuse this step"


class Need(Term):
    """What must be said for an action; the web builds one field for each (app/web/acting.py)."""

    DESCRIPTION = "description", "反映的问题", "What happened"
    POINTS = "points", "问题要点", "Points"
    TYPES = "types", "污染类型", "Pollution types"
    AREAS = "areas", "涉及区域", "Areas"
    REFERRAL_CLASS = "referral_class", "移交类别", "Class of referral"
    RECEIVING_BODY = "receiving_body", "接收单位", "Receiving body"
    ADVICE = "advice", "告知举报人的话", "Words for the reporter"
    EARLIER = "earlier", "原件编号", "Number of the earlier report"
    QUESTION = "question", "需补充的内容", "The question"
    COLLEAGUE = "colleague", "接手人", "Who takes it over"
    ANSWER = "answer", "答复", "The answer"
    ADDITION = "addition", "补充的情况", "What is added"
    REASON = "reason", "理由", "Reason"
    NOTE = "note", "说明", "Note"
    RATING = "rating", "满意度", "Rating"
    HANDOVER_TEXT = "handover_text", "转办文本", "Text for hand-over"
    LEAD = "lead", "牵头单位", "Lead unit"
    NEW_DATE = "new_date", "新的办结期限", "New date"
    REPLY = "reply", "办理情况", "The reply"
    PUBLICATION_PROBLEM = "publication_problem", "公开的问题概述", "Problem as published"
    PUBLICATION_TEXT = "publication_text", "公开内容", "Text for publication"
    TARGET = "target", "整改目标", "Target"
    DUE_ON = "due_on", "完成时限", "To be done by"
    MEASURE = "measure", "整改措施", "Measure"
    CHANGE = "change", "调整内容", "What is changed"
    UNIT = "unit", "责任单位", "Responsible unit"
    PROGRESS = "progress", "进展", "Progress"
    EVIDENCE = "evidence", "佐证材料说明", "Evidence"
    OPINION = "opinion", "销号意见", "Opinion on the sign-off"
    OBJECTION = "objection", "异议", "Objection"
    SCRIPT = "script", "回访话术", "What is said at the call-back"
    CHECKLIST = "checklist", "销号条件核对", "Sign-off checklist"


class Guard(Term):
    """A condition that needs data. `zh`/`en` is the sentence shown when it does not hold."""

    NOT_HANDED_OVER = "not_handed_over", "批次已交办，不能再改。", "The batch has been handed over; this can no longer change."
    IS_KEY = "is_key", "本件不是重点件。", "This report is not marked as key."
    NOT_KEY = "not_key", "本件已是重点件。", "This report is already marked as key."
    IN_HAND = "in_hand", "本件无人领取。", "Nobody has this report in hand."
    NOT_IN_HAND = "not_in_hand", "本件已有人领取。", "Somebody has this report in hand."
    ASK_OVER = "ask_over", "补充期限未到。", "The reporter still has time to answer."
    NOT_ACKNOWLEDGED = "not_acknowledged", "对方已经签收。", "The receiver has already acknowledged it."
    ALL_PUBLISHED = "all_published", "还有转办件没有公开结果。", "Not every case of this report has been published."
    NOT_RATED = "not_rated", "已经评价过了。", "The answer has already been rated."
    TEXT_APPROVED = "text_approved", "转办文本尚未审定。", "The hand-over text has not been approved."
    SECOND_PERSON = "second_person", "转办文本须由审定人以外的另一人复核。", "Somebody other than who approved the text must approve it a second time."
    SECOND_APPROVED = "second_approved", "重点件、实名件的转办文本尚未经第二人复核。", "The text of a key or real-name report has not been approved by a second person."
    WITHIN_DISPUTE = "within_dispute", "已超过异议期。", "The time for a dispute has passed."
    HOLDS = "holds", "只有件已交到本单位、且本单位有下级单位的，才能转交或者改派。", "Only a unit that was given the case, and has units below it, may give it on."
    OWN_LEAD = "own_lead", "本件已转交下级。", "The case has been passed down already."
    PASSED_DOWN = "passed_down", "本件还没有转交下级。", "The case has not been passed down."
    SUPERIOR_DECIDES = (
        "superior_decides",
        "由双方的共同上级决定；提出异议的人和单位不能自己决定。",
        "The common superior of both units decides; nobody decides a dispute of their own.",
    )
    SIGNS_FOR = "signs_for", "由市级交办的单位签发，其下级单位不能代签。", "The unit that the city assigned signs; a unit below it does not."
    IN_SIGNED_BATCH = "in_signed_batch", "批次尚未签收。", "The batch has not been signed for."
    FOUNDED = "founded", "结论为不属实，须经他人复核。", "The verdict is unfounded: somebody else must check it first."
    UNFOUNDED = "unfounded", "只有不属实的件需要复核。", "Only an unfounded verdict goes to the second check."
    LEFT_TELEPHONE = "left_telephone", "举报人没有留下电话。", "The reporter left no telephone number."
    NO_CALL_BACK = "no_call_back", "已经安排了回访。", "A call-back is under way already."
    CALL_BACK_OPEN = "call_back_open", "没有待办的回访。", "No call-back is under way."
    ANOTHER_PERSON = "another_person", "复核须由另一人进行。", "The second check must be made by somebody else."
    HAS_MEASURES = "has_measures", "还没有整改措施。", "There is no measure yet."
    MEASURES_DONE = "measures_done", "还有整改措施没有完成。", "Not every measure is done."
    NO_OPEN_CHANGE = "no_open_change", "整改方案的调整正在等待审批。", "A change of the plan waits for its decision."
    OPEN_CHANGE = "open_change", "没有待审批的方案调整。", "No change of the plan waits for a decision."
    NOT_OWN_CHANGE = (
        "not_own_change",
        "申请调整的人不得自行审批。",
        "Nobody decides on a change that they proposed themselves.",
    )
    PLAN_NOT_SHOWN = "plan_not_shown", "整改情况已经公示。", "The plan is published already."
    RESULT_PUBLISHED = "result_published", "办理结果尚未公开。", "The result of this case has not been published."
    LOOK_BACK_SET = "look_back_set", "还没有到回头看阶段。", "No look-back has been set yet."
    AT_STEP = "at_step", "还没有轮到这一步。", "It is not this step's turn."
    OWN_STEP = "own_step", "这一步由另一角色签署。", "This ladder gives the step to another role."
    NOT_SIGNED_BEFORE = (
        "not_signed_before",
        "同一人不得签两步，也不得签自己提交的事项。",
        "Nobody signs two steps of one ladder, nor what they themselves submitted.",
    )
    NO_NOTICE_YET = "no_notice_yet", "公示已经开始。", "The notice is already open."
    NOTICE_RUNNING = "notice_running", "不在公示期内。", "No public notice is running."
    NOTICE_OVER = "notice_over", "公示期未满。", "The notice period is not over."
    EVIDENCE_GATHERED = (
        "evidence_gathered", "销号清单中还有没有依据的条目。", "A line of the sign-off's checklist has no evidence yet."
    )  # fmt: skip
    OBJECTIONS_ANSWERED = "objections_answered", "还有异议没有答复。", "An objection has not been answered."
    OPEN_OBJECTION = "open_objection", "没有待答复的异议。", "There is no open objection."


class Clock(Term):
    """Deadlines; how long each runs is a setting of the inspection (app/domain/inspection.py)."""

    REFER = "refer", "移交告知", "Tell the reporter of a referral"
    ASK = "ask", "等待补充", "Wait for the reporter"
    FEEDBACK = "feedback", "办理反馈", "Feedback"
    DISPUTE = "dispute", "管辖异议", "Dispute"
    DECISION = "decision", "异议决定", "Decision of a dispute"
    NOTICE = "notice", "公示", "Public notice"
    LOOK_BACK = "look_back", "回头看", "Look-back"


class StepKind(Term):
    """The steps of a sign-off ladder, in whatever order an inspection sets them."""

    SELF_CHECK = "self_check", "自查", "Self-check"
    COUNTY = "county", "县级验收", "County acceptance"
    DEPARTMENT = "department", "部门验收", "Department acceptance"
    CITY = "city", "市级复核", "City acceptance"
    NOTICE = "notice", "公示", "Public notice"
    SIGNATURE = "signature", "主要领导审签", "Leader's signature"
    SIGN_OFF = "sign_off", "销号", "Sign-off"
    FILING = "filing", "备案", "Filing"
    LOOK_BACK = "look_back", "回头看", "Look-back"
