// The page at the gate. What is typed and photographed is kept on the telephone at once, and this page with it; pressing
// the button says that it is ready, and from then on it is sent as soon as there is a network. Without IndexedDB, a
// service worker or WebCrypto it stays the ordinary form that it is.

import { belongTo, dropPicture, keep, keepPage, keepPicture, kept, picture } from "./kept.js";
import { sendAll } from "./sending.js";
import { shrunk } from "../shrink.js";

const PAUSE = 500, AGAIN = 20_000, MOST = 9;
const form = document.querySelector("[data-gate]");
const status = document.querySelector("[data-status]");
const list = document.querySelector("[data-pictures]");
const words = {};
for (const name of document.querySelector("[data-words]").content.querySelectorAll("dt")) words[name.textContent] = name.nextElementSibling.textContent;
const LEFT_OUT = new Set(["csrf_token", "marks", "pictures"]);

if (self.indexedDB && self.crypto?.subtle && navigator.serviceWorker && self.caches) begin();

async function begin() {
  const { gate: person, case: id, number, picture: door } = form.dataset;
  const address = location.pathname;
  let record = { case: id, number, address, picture: door, person, values: [], pictures: [], sent: [], ready: false };
  let timer, writing = Promise.resolve(), touched = false;

  await belongTo(person);
  const before = await kept(id);
  if (before) await resume(before);
  form.addEventListener("input", later);
  form.elements.pictures.addEventListener("change", () => {
    const chosen = [...form.elements.pictures.files];
    form.elements.pictures.value = ""; // they do not go with the form a second time
    for (const one of chosen) add(one);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.reportValidity()) return;
    save(true).then(send);
  });
  addEventListener("online", send);
  document.addEventListener("visibilitychange", () => (document.hidden ? save() : send()));
  setInterval(send, AGAIN);
  if (record.ready) send();
  await prepare();

  /** The page, what draws it, and the worker that gives it out again. */
  async function prepare() {
    try {
      await navigator.serviceWorker.register(form.dataset.worker);
      const parts = performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.includes("/static/"));
      await keepPage(person, address, [...new Set(parts)]);
      await navigator.serviceWorker.ready;
    } catch {
      if (!(await caches.match(address))) return;
    }
    form.dataset.ready = "yes";
    if (status.hidden) say("ready");
  }

  async function resume(found) {
    record = found;
    for (const [name, value] of record.values) if (form.elements[name]) form.elements[name].value = value;
    touched = true;
    for (const mark of record.pictures) draw(mark, await picture(mark));
    if (record.ready) hold();
  }

  function later() {
    if (!touched) form.elements.seen_at.value = now();
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  function save(ready = record.ready) {
    clearTimeout(timer);
    if (!touched) return writing;
    record.ready = ready === true;
    record.values = [...form.elements].filter((one) => one.name && !LEFT_OUT.has(one.name)).map((one) => [one.name, one.value]);
    const copy = structuredClone(record);
    return (writing = writing.then(() => keep(copy)));
  }

  async function add(content) {
    if (record.pictures.length >= MOST) return say("many", "wait");
    const mark = crypto.randomUUID();
    record.pictures.push(mark);
    const ready = await shrunk(content);
    await keepPicture(mark, ready);
    draw(mark, ready);
    later();
    await save();
  }

  function draw(mark, content) {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = `${words.remove} ${list.children.length + 1}`;
    button.addEventListener("click", async () => {
      record.pictures = record.pictures.filter((one) => one !== mark);
      row.remove();
      await save();
      await dropPicture(mark);
    });
    row.append(button);
    list.append(row);
    look(content, row);
  }

  /** From here on it is as it was when it was ready: what has been sent of it cannot be changed. */
  function hold() {
    for (const one of [...form.elements, ...list.querySelectorAll("button")]) one.disabled = true;
    say("kept", "wait");
  }

  function free() {
    for (const one of [...form.elements, ...list.querySelectorAll("button")]) one.disabled = false;
  }

  async function send() {
    if (record.ready) hold();
    await sendAll(async (one, state, sentence) => {
      if (one.case !== id) return;
      if (state === "refused") {
        record = await kept(id);
        free();
        return say("", "grave", sentence);
      }
      if (state === "taken") {
        record.ready = touched = false;
        form.hidden = true;
      }
      say(state, state === "taken" ? "good" : "wait");
    });
  }
}

function say(name, tone = "going", sentence = "") {
  status.className = `notice gate-status tone-${tone}`;
  status.textContent = sentence || words[name] || "";
  status.hidden = false;
  form.dataset.state = name;
}

function now() {
  const here = new Date(Date.now() + 8 * 3600 * 1000); // the office's wall: Shanghai, without summer time
  return here.toISOString().slice(0, 16);
}

// Drawn, not loaded: the page's policy knows no pictures but the house's own.
async function look(content, place) {
  try {
    const seen = await createImageBitmap(content, { resizeWidth: 120, imageOrientation: "from-image" });
    const canvas = Object.assign(document.createElement("canvas"), { width: seen.width, height: seen.height });
    canvas.getContext("2d").drawImage(seen, 0, 0);
    place.prepend(canvas);
  } catch { /* this browser cannot read it: its number stays */ }
}
