"""A small application with every component on its pages: the tests of the web floor fetch it, and so may eyes."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace as Thing

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import LoginManager, login_user, logout_user
from jinja2 import ChoiceLoader, FileSystemLoader

from app.domain.people import Actor, Appointment
from app.domain.workflow import engine
from app.domain.workflow.report import REPORT
from app.domain.workflow.vocabulary import Guard, Need, ReportAction, ReportState, Role
from app.kernel.errors import NotAllowed, NotFound, Refused, Stale, TooLarge
from app.settings import ROOT, Settings
from app.web import acting, choosing, fields, figures
from app.web.floor import lay
from app.web.forms import OfficeForm
from app.web.guards import SignedIn, current_actor, door, public
from app.web.layout import Choice, House, Masthead, hang_sign
from app.web.paging import Page
from app.web.security import may_be_kept

MOMENT = datetime(2024, 3, 15, 1, 20, tzinfo=UTC)
WORDS = "每天晚上十点以后，厂里就开始排放黄色烟气，气味刺鼻，附近居民不敢开窗。\n上个月打过12345，回复说已经整改，没过两天又排了。\n<b>请督察组夜间来看。</b>"
MASTHEAD = Masthead(
    "湖南省第一生态环境保护督察组",
    "第二轮省生态环境保护督察 · 株洲市 · 2024年3月14日至4月2日",
    "0731-28680230",
    "8:00–20:00",
    "湖南省株洲市A333号邮政信箱",
)
NAMES = ("第二轮省生态环境保护督察 · 省第一督察组 · 株洲市", "第二轮省生态环境保护督察 · 省第二督察组 · 衡阳市")


class ReportForm(OfficeForm):
    what = fields.WordsField("反映的问题", hint="发生了什么，多久了，什么时候最明显。", most=5000)
    kinds = choosing.TicksField(
        "污染类型", [(word, word) for word in ("大气", "水", "噪声", "生态", "土壤", "辐射", "其他")]
    )
    since = figures.DateField("从哪天开始", required=False)
    seen = figures.MomentField("最近一次看到的时间", required=False)
    answer = choosing.ChoiceField("是否需要答复", [("yes", "需要"), ("no", "不需要")])
    county = choosing.MenuField("所在县市区", [(430211, "天元区"), (430203, "芦淞区")], coerce=int, required=False)
    phone = fields.PhoneField("联系电话", hint="只有信访保密员在必要时才能打开。", required=False)
    times = figures.CountField("一周几次", most=99, required=False)
    fine = figures.MoneyField("罚款（元）", required=False)
    pictures = choosing.FilesField("照片或录像", most=3, hint="最多三个文件，每个不超过12 MB。")
    agree = choosing.TickField("我已阅读须知")


pages = Blueprint("pages", __name__, template_folder=".")
desk = Blueprint("desk", __name__, url_prefix="/staff")
hang_sign(pages, "home", "首页 公告", order=1, public=True)
hang_sign(pages, "report", "我要举报", order=2, public=True)
hang_sign(pages, "track", "查询进度", order=3, public=True)
hang_sign(pages, "figures_page", "公开情况", order=4, public=True)
hang_sign(desk, "queue", "研判", order=1, count=lambda _actor: 37)
hang_sign(desk, "record", "来件", order=2)
hang_sign(desk, "leaders", "编批转办", order=3)


@pages.get("/")
@public
@may_be_kept(60)
def home():
    rows = [("天元区", 12, 203), ("芦淞区", 8, 175), ("石峰区", 15, 266)]
    return render_template("home.html", rows=rows)


@pages.route("/report", methods=["GET", "POST"])
@public
def report():
    form = ReportForm()
    if form.submitted():
        flash(_("Saved."), "done")
        return redirect("/")
    return render_template("form.html", form=form), 422 if form.errors else 200


@pages.get("/track")
@public
def track():
    return redirect("/")


@pages.get("/figures")
@public
def figures_page():
    return redirect("/")


@pages.route("/fail/<kind>", methods=["GET", "POST"])
@public
def fail(kind):
    if kind.isdecimal():
        abort(int(kind))
    if kind == "crash":
        raise RuntimeError("13800138000 is a citizen's number")
    raise {
        "missing": NotFound(),
        "shut": NotAllowed("Your role may not do this."),
        "refused": Refused(Guard.NOT_RATED.en),
        "stale": Stale("Somebody else was faster: the record has moved on since this page was drawn."),
        "large": TooLarge("Please send fewer or smaller files."),
    }[kind]


@desk.get("/sign-in")
@public
def sign_in():
    login_user(SignedIn(ACTORS[request.args["as"]], request.args["as"]))
    return "in"


@desk.post("/sign-out")
@door()
def sign_out():
    logout_user()
    return redirect("/")


@desk.get("/queue")
@door(Role.INSPECTOR, Role.LEADER)
def queue():
    states = list(ReportState)
    rows = [
        Thing(number=f"D2ZZ2024031500{n:02}", text="工业园内一家沥青拌和站夜间生产，气味刺鼻，持续约两个月。", area="天元区", key=n == 2,
              at=MOMENT + timedelta(minutes=7 * n), state=states[n % 8], due=MOMENT + timedelta(days=n), late=3 if n == 1 else 0)
        for n in range(1, 13)
    ]  # fmt: skip
    return render_template("queue.html", rows=rows, page=Page(rows, "-3", "20"))


@desk.route("/record", methods=["GET", "POST"])
@door(Role.INSPECTOR)
def record():
    row = REPORT.row(ReportState.REGISTERED, ReportAction.REFER)
    assert row is not None
    form = acting.action_form(row, {Need.REFERRAL_CLASS: [("law", "涉法涉诉"), ("labour", "劳动社保")]})()
    if form.submitted():
        form.refuse(Refused("Something that must be said is missing.", fields={"advice": "This has to be filled in."}))
    offers = engine.offers(
        REPORT,
        ReportState.REGISTERED,
        current_actor().roles | {Role.LEADER, Role.CITIZEN},
        lambda guard, _action: guard != Guard.NOT_KEY,
    )
    files = [
        Thing(name=name, href="/", thumbnail=None, kind=kind, size=834_112)
        for name, kind in (("烟囱.jpg", "picture"), ("夜间.mp4", "video"), ("来信扫描件.pdf", "document"))
    ]
    files.append(Thing(name="厂区大门.jpg", href="/", thumbnail="/static/icon.svg", kind="picture", size=120_000))
    entries = [
        Thing(title="受理", at=MOMENT, by="研判审核员 王敏", text="属于大气污染，交天元区办理。"),
        Thing(title="登记", at=MOMENT, by=None, text=None),
    ]
    steps = [Thing(label=label, standing=standing, at=at, by=by, note=note) for label, standing, at, by, note in (
        ("自查", "done", MOMENT, "李强", None), ("县级验收", "refused", MOMENT, "周红", "除臭设施未连续运行，退回整改。"), ("市级复核", "current", None, None, None), ("公示", "ahead", None, None, None))]  # fmt: skip
    return render_template(
        "record.html", state=ReportState.REGISTERED, text=WORDS, moment=MOMENT, amount=Decimal("20000.5"), files=files,
        buttons=acting.buttons(offers, lambda action: f"/staff/record?do={action}"), form=form, steps=steps, entries=entries,
    )  # fmt: skip


@desk.get("/leaders")
@door(Role.LEADER)
def leaders():
    return "leaders"


def unguarded():
    return "nobody said who may see this"


ACTORS = {
    "inspector": Actor(7, "王敏", (Appointment(Role.INSPECTOR, 1),)),
    "clerk": Actor(8, "陈静", (Appointment(Role.CLERK, 1),)),
}


def build(instance: Path, *, production: bool = False) -> Flask:
    app = Flask("app", template_folder=str(ROOT / "templates"))
    here = FileSystemLoader(Path(__file__).parent)
    app.jinja_env.loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), here])
    app.secret_key = "a secret that only the tests know, long enough"
    settings = Settings(instance=instance, database_url="sqlite://", secret_key=app.secret_key, production=production)
    choices = [Choice(n, name, n == 0) for n, name in enumerate(NAMES)]
    lay(app, settings, House(lambda: MASTHEAD, lambda _actor: choices))
    app.register_blueprint(pages)
    app.register_blueprint(desk)
    app.add_url_rule("/unguarded", "unguarded", unguarded)
    manager: LoginManager = app.login_manager  # type: ignore[attr-defined]  # Flask-Login hangs itself there
    manager.user_loader(lambda mark: SignedIn(ACTORS[mark], mark) if mark in ACTORS else None)
    return app
