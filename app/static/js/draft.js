// A draft on the device: only when asked for, sealed (AES-GCM; the key cannot be taken out of this browser), gone when
// the report was taken, after 72 hours, or when the device is said to be shared. Who one is stays out unless wanted.
// `forget()` is for a page one leaves in a hurry: the event `hotline:leave` calls it on a shared device.

const HOLDS = 72 * 3600 * 1000, PAUSE = 600, MINUTE = 60_000;
const SHARED = "hotline.shared";
const GOING = "hotline.going"; // set at once when a draft is to go: who leaves the page meanwhile is not left with it
const FORM = "form[data-draft]", NAME = "report";
const PRIVATE = new Set(["name", "phone", "home"]);
const LEFT_OUT = new Set(["csrf_token", "ticket", "proof"]);

const able = Boolean(globalThis.indexedDB && globalThis.crypto?.subtle);

/** One step in the drawer: what `work` asks of it, when it is done. */
function drawer(mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("hotline", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const step = opening.result.transaction("drafts", mode);
      const asked = work(step.objectStore("drafts"));
      step.oncomplete = () => { opening.result.close(); done(asked.result); };
      step.onerror = step.onabort = () => { opening.result.close(); failed(step.error); };
    };
  });
}

export async function forget() {
  if (!able) return;
  localStorage.setItem(GOING, "yes");
  await drawer("readwrite", (kept) => kept.clear()).then(() => localStorage.removeItem(GOING), () => {});
}

async function keep(said) {
  const before = await drawer("readonly", (kept) => kept.get(NAME));
  const key = before?.key ?? await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(JSON.stringify(said)));
  await drawer("readwrite", (kept) => kept.put({ key, iv, sealed, at: Date.now() }, NAME));
}

/** What is kept, or nothing; what is too old is deleted here. */
async function kept() {
  if (localStorage.getItem(GOING)) await forget();
  const found = await drawer("readonly", (all) => all.get(NAME)).catch(() => undefined);
  if (!found) return undefined;
  if (Date.now() - found.at >= HOLDS || found.at > Date.now() + HOLDS) return void await forget();
  try {
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, found.key, found.sealed);
    return { at: found.at, ...JSON.parse(new TextDecoder().decode(opened)) };
  } catch {
    return void await forget();
  }
}

const fields = (form) => [...form.elements].filter((one) => one.name && one.type !== "file" && !LEFT_OUT.has(one.name));
const chosen = (one) => (one.type !== "checkbox" && one.type !== "radio") || one.checked;

function said(form, withPerson) {
  const told = fields(form).filter((one) => chosen(one) && (withPerson || !PRIVATE.has(one.name)));
  return { person: withPerson, values: told.map((one) => [one.name, one.value]) };
}

/** Put it back, in the order of the page, and let each field tell who listens to it. */
function fill(form, values) {
  const left = values.map((pair) => [...pair]);
  const take = (name) => left.splice(left.findIndex((pair) => pair[0] === name), 1)[0]?.[1];
  for (const one of fields(form)) {
    if (one.type === "checkbox" || one.type === "radio") {
      if (!values.some(([name]) => name === one.name) && one.type === "radio") continue;
      one.checked = values.some(([name, value]) => name === one.name && value === one.value);
    } else if (left.some(([name]) => name === one.name)) one.value = take(one.name);
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
  form.dispatchEvent(new CustomEvent("hotline:restored", { bubbles: true }));
}

function ago(moment) {
  const minutes = Math.round((moment - Date.now()) / MINUTE);
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  return Math.abs(minutes) < 60 ? words.format(minutes, "minute") : words.format(Math.round(minutes / 60), "hour");
}

async function begin(form, box) {
  const find = (name) => box.querySelector(`[data-${name}]`);
  const [wish, person, shared, offer, status] = ["keep", "person", "shared", "offer", "status"].map(find);
  let timer, writing = Promise.resolve();

  const save = () => {
    clearTimeout(timer);
    if (!wish.checked) return;
    writing = writing.then(() => keep(said(form, person.checked))).then(
      () => { status.textContent = status.dataset.saved.replace("{time}", new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })); },
      () => { status.textContent = status.dataset.failed; },
    );
  };
  const drop = () => {
    localStorage.setItem(GOING, "yes");
    clearTimeout(timer);
    writing = writing.then(forget);
    offer.hidden = true;
    status.textContent = "";
  };
  const show = () => {
    person.closest("label").hidden = !wish.checked;
    wish.disabled = person.disabled = shared.checked;
  };

  wish.addEventListener("change", () => { show(); wish.checked ? save() : drop(); });
  person.addEventListener("change", save);
  shared.addEventListener("change", () => {
    sessionStorage[shared.checked ? "setItem" : "removeItem"](SHARED, "yes");
    if (shared.checked) { wish.checked = person.checked = false; drop(); }
    show();
  });
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  setInterval(async () => { if (!(await kept())) offer.hidden = true; }, MINUTE);

  shared.checked = sessionStorage.getItem(SHARED) === "yes";
  if (shared.checked) await forget();
  const found = await kept();
  const values = new Map(found?.values ?? []);
  const resume = () => { wish.checked = true; person.checked = found.person; offer.hidden = true; show(); save(); };
  if (found && values.get("key") === form.elements.key.value) resume();
  else if (found) {
    find("found").textContent = find("found").dataset.found.replace("{ago}", ago(found.at));
    offer.hidden = false;
    find("continue").addEventListener("click", () => { fill(form, found.values); resume(); form.elements.description?.focus(); });
    find("delete").addEventListener("click", drop);
  }
  show();
  box.hidden = false;
}

if (able) {
  const form = document.querySelector(FORM), box = document.querySelector("[data-draft-box]");
  if (document.querySelector("[data-draft-done]")) forget();
  else if (form && box) begin(form, box);
  else kept();
}
document.addEventListener("hotline:leave", () => { if (sessionStorage.getItem(SHARED) === "yes") forget(); });
