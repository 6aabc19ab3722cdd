// Sends what a telephone keeps: pictures one by one, the words last. Each may be sent again, for the server knows a
// record and a picture by their marks: so an answer that was lost on the way doubles nothing.

import { drop, everyone, keep, picture } from "./kept.js";

const PATIENCE = 120_000;
const call = (address, given = {}) => {
  const control = new AbortController();
  setTimeout(() => control.abort(), PATIENCE);
  return fetch(address, { cache: "no-store", ...given, signal: control.signal });
};

let running = null;

/** Everything that is ready; `told(record, state, sentence)` hears what becomes of each. */
export const sendAll = (told = () => {}) => (running ??= all(told).finally(() => { running = null; }));

async function all(told) {
  for (const record of await everyone()) {
    if (!record.ready) continue;
    told(record, "sending");
    const [state, sentence] = await send(record).catch(() => ["kept"]);
    if (state === "taken") await drop(record);
    if (state === "refused") await keep({ ...record, ready: false });
    told(record, state, sentence);
  }
}

async function send(record) {
  const page = await call(record.address);
  if (page.redirected || page.status === 401) return ["sign-in"];
  if (page.status === 404 || page.status === 403) return ["gone"];
  const form = read(await page.text()).querySelector("[data-gate]");
  if (!form) return ["kept"];
  if (form.dataset.gate !== record.person) return ["sign-in"];
  const token = form.elements.csrf_token.value;
  for (const mark of record.pictures) {
    if (record.sent.includes(mark)) continue;
    const answer = await call(record.picture, { method: "POST", body: await wrapped(record, mark, token) });
    if (answer.status === 422) return ["refused", await answer.text()];
    if (answer.status !== 204) return ["kept"];
    record.sent.push(mark);
    await keep(record);
  }
  const words = new FormData();
  for (const [name, value] of record.values) words.append(name, value);
  words.set("csrf_token", token);
  words.set("marks", record.pictures.join(","));
  const answer = await call(record.address, { method: "POST", body: words });
  if (answer.redirected && answer.ok) return ["taken"];
  if (answer.status !== 422) return [answer.status === 401 ? "sign-in" : "kept"];
  record.sent = []; // a picture may be what was missing
  return ["refused", read(await answer.text()).querySelector("[data-summary]")?.textContent ?? ""];
}

const read = (text) => new DOMParser().parseFromString(text, "text/html");

async function wrapped(record, mark, token) {
  const one = new FormData();
  one.append("csrf_token", token);
  one.append("key", record.values.find(([name]) => name === "key")[1]);
  one.append("marks", mark);
  one.append("pictures", await picture(mark), "picture");
  return one;
}
