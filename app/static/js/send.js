// Sending over a bad connection: words never leave the page before somebody has taken them. The report itself is sent
// by a call that may be made again (its key makes all copies one report); pages are only gone to when there is a way.
// A form says: data-send, and data-goes where a report that was taken leads. Without a script it is an ordinary form.

const SLOW = 3000, PATIENCE = 120_000, REACH = 10_000, FIRST = 2, LONGEST = 60;
const busy = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-send]") || form.dataset.clear) return;
  event.preventDefault();
  if (busy.has(form)) return;
  busy.add(form);
  deliver(form, event.submitter);
});

/** Try until it is sent, or until there is a way for the browser itself to go. */
async function deliver(form, button) {
  const told = panel(form);
  const takes = form.dataset.goes && !button?.hasAttribute("formaction") && !button?.name; // a named one wants another page
  for (let wait = FIRST; ; wait = Math.min(LONGEST, wait * 2)) {
    told.slow(true);
    const came = takes ? await call(form) : await reach(told.address);
    told.slow(false);
    if (came === "taken") return location.assign(form.dataset.goes);
    if (came) return go(form, button);
    await told.again(wait);
  }
}

/** The report, sent: "taken", "answered" (a page that wants to be seen), or "" when nobody was there. */
async function call(form) {
  try {
    const given = { method: "POST", body: new FormData(form), redirect: "manual", signal: within(PATIENCE) };
    const answer = await fetch(form.action, given);
    if (answer.type === "opaqueredirect") return "taken";
    return answer.status < 500 ? "answered" : "";
  } catch {
    return "";
  }
}

async function reach(address) {
  try {
    return (await fetch(address, { method: "HEAD", cache: "no-store", signal: within(REACH) })).ok;
  } catch {
    return false;
  }
}

function within(time) {
  const control = new AbortController();
  setTimeout(() => control.abort(), time);
  return control.signal;
}

/** Let the browser send it: other listeners have had their say. */
function go(form, button) {
  busy.delete(form);
  delete form.dataset.sent;
  form.dataset.clear = "yes";
  form.requestSubmit(button && button.form === form ? button : undefined);
  delete form.dataset.clear;
}

/** What is said meanwhile, beside the form's buttons. */
function panel(form) {
  const [slow, lost] = ["[data-slow]", "[data-lost]"].map((name) => form.querySelector(name));
  let timer;
  return {
    address: lost.dataset.reach,
    slow(on) {
      clearTimeout(timer);
      slow.hidden = true;
      if (on) timer = setTimeout(() => { slow.hidden = !lost.hidden; }, SLOW);
    },
    again: (wait) => new Promise((done) => {
      const count = lost.querySelector("[data-seconds]"), now = lost.querySelector("button");
      const tick = () => {
        count.textContent = count.dataset.seconds.replace("{n}", wait);
        if (wait-- <= 0) end();
      };
      const clock = setInterval(tick, 1000);
      const end = () => {
        clearInterval(clock);
        removeEventListener("online", end);
        now.removeEventListener("click", end);
        count.textContent = now.dataset.trying;
        done();
      };
      lost.hidden = false;
      tick();
      addEventListener("online", end);
      now.addEventListener("click", end);
    }),
  };
}

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("[data-send]")) {
    busy.delete(form);
    for (const told of form.querySelectorAll("[data-slow], [data-lost]")) told.hidden = true;
  }
});
