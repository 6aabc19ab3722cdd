// What is typed is kept while it is typed: after each pause, at the latest after two seconds, and when the page goes.
// The address then names the draft, so that the same page comes back after a crash, and never a caller's number.

const PAUSE = 400, LATEST = 2000, AGAIN = 3000;
const form = document.querySelector("form[data-desk]");
const told = document.querySelector("[data-kept]");
const NOT_TYPED = new Set(["scans", "lookup", "look", "blank"]);
let timer, first = 0, dirty = false, writing = Promise.resolve();

for (const one of document.querySelectorAll("[data-plain]")) one.hidden = true;
form?.addEventListener("input", wait);
form?.addEventListener("change", wait);
form?.addEventListener("submit", () => { if (dirty) send(true); });
addEventListener("pagehide", () => { if (dirty) send(true); });
document.addEventListener("visibilitychange", () => { if (document.hidden && dirty) send(true); });

function wait(event) {
  if (event.target.type === "file") return;
  dirty = true;
  first ||= performance.now();
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, first + LATEST - performance.now())));
}

export function save(files = []) {
  writing = writing.then(() => send(false, files));
  return writing;
}

async function send(going, files = []) {
  clearTimeout(timer);
  dirty = false;
  first = 0;
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (!NOT_TYPED.has(name)) body.append(name, value);
  for (const file of files) body.append("scans", file);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: going });
    if (!answer.ok) throw new Error(answer.status);
    const kept = await answer.json();
    if (!kept.draft || going) return kept;
    history.replaceState(null, "", `${form.getAttribute("action")}?draft=${kept.draft}`);
    told.dataset.kept = kept.draft;
    told.classList.remove("error");
    told.textContent = told.dataset.saved.replace("{time}", kept.saved);
    return kept;
  } catch {
    if (going) return null;
    dirty = true;
    told.classList.add("error");
    told.textContent = told.dataset.failed;
    timer = setTimeout(save, AGAIN);
    return null;
  }
}
