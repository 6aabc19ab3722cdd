// Files of a form, sent one by one while it is being written: progress, going on after a break, removing.
// The form itself never waits for a file unless its writer sends it in the middle of one, and then may go on without.
import { shrunk } from "./shrink.js";

const PIECE = 512 * 1024;
const AGAIN = [1000, 2000, 4000, 8000, 15000, 30000];
const SEEN = ["image/jpeg", "image/png", "image/webp"];

for (const box of document.querySelectorAll("[data-evidence]")) begin(box);

function begin(box) {
  const form = box.closest("form");
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-list]");
  const hold = box.querySelector("[data-hold]");
  const spoken = box.querySelector("[data-spoken]");
  const words = wordsOf(box);
  const doors = new URL(box.dataset.evidence, location.href);
  const files = [];
  let running = false;
  let held = null;

  const door = (token = "") => {
    const address = new URL(doors);
    if (token) address.pathname += `/${token}`;
    return address;
  };
  const ask = (method, token, more = {}) => fetch(door(token), {
    ...more,
    method,
    cache: "no-store",
    headers: { "X-Form-Key": form.elements.key.value, "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json", ...more.headers },
  });

  box.querySelector(".evidence-sending").hidden = false;
  box.querySelector("[data-evidence-plain]").hidden = true;
  input.classList.add("hidden");
  input.tabIndex = -1;
  box.querySelector("[data-choose]").addEventListener("click", () => input.click());
  const camera = box.querySelector("[data-camera]");
  camera.hidden = !matchMedia("(pointer: coarse)").matches;
  camera.addEventListener("click", () => {
    const shot = Object.assign(document.createElement("input"), { type: "file", accept: "image/*", capture: "environment" });
    shot.addEventListener("change", () => add(shot.files));
    shot.click();
  });
  // Taken out of the plain field at once: what is sent by itself must not go with the form a second time.
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    add(chosen);
  });
  box.addEventListener("dragover", (event) => event.preventDefault());
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    add(event.dataTransfer.files);
  });
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) go(); });
  form.addEventListener("submit", holdBack, true);
  form.addEventListener("reset", () => files.slice().forEach(remove));
  box.querySelector("[data-without]").addEventListener("click", () => {
    files.filter((one) => !one.done && !one.refused).forEach(remove);
    letGo();
  });
  box.querySelector("[data-stay]").addEventListener("click", () => { held = null; hold.hidden = true; });
  form.addEventListener("hotline:restored", () => {
    for (const one of files) if (one.content && !one.refused) Object.assign(one, { token: "", offset: 0, done: false });
    recall().then(go); // a draft brings the key it was written under
  });
  recall();

  // What this form has sent before: the page was loaded again, or came back from being looked through.
  async function recall() {
    if (!form.elements.key?.value) return;
    try {
      const answer = await ask("GET", "");
      if (!answer.ok) return;
      const there = (await answer.json()).files;
      if (there.length) box.previousElementSibling?.matches("[data-evidence-kept]") && box.previousElementSibling.remove();
      for (const one of there) {
        if (files.some((mine) => mine.token === one.token)) continue;
        const file = { ...one, name: one.name || `${words[one.kind]} ${files.filter((other) => other.kind === one.kind).length + 1}`, kind: one.kind, gone: !one.done };
        files.push(file);
        draw(file, one.done ? "taken" : "broken");
      }
    } catch { /* no connection: the files are there all the same */ }
  }

  function add(chosen) {
    for (const content of chosen) {
      const mark = `${content.name} ${content.size} ${content.lastModified}`;
      const broken = files.find((one) => one.gone && one.name === content.name);
      if (files.some((one) => one.mark === mark && !one.refused)) continue;
      const file = broken ?? { token: "", offset: 0 };
      Object.assign(file, { content, mark, name: content.name, size: content.size, gone: false, kind: content.type.split("/")[0], tries: 0 });
      if (!broken) files.push(file);
      const pictures = files.filter((one) => (one.kind === "picture" || one.kind === "image") && !one.refused);
      draw(file, "waiting");
      if (pictures.length > Number(box.dataset.pictures)) refuse(file, words.many);
    }
    go();
  }

  // One after the other: a weak line is not shared, and what has arrived has arrived.
  async function go() {
    if (running) return;
    running = true;
    let file;
    while ((file = files.find((one) => one.content && !one.done && !one.refused))) {
      try {
        await send(file);
        file.tries = 0;
      } catch {
        draw(file, "paused");
        const pause = file.pause || AGAIN[Math.min(file.tries++, AGAIN.length - 1)];
        file.pause = 0;
        await rested(pause);
      }
    }
    running = false;
    letGo();
  }

  async function send(file) {
    if (!file.ready) {
      if (SEEN.includes(file.content.type)) draw(file, "shrinking");
      file.ready = await shrunk(file.content);
      file.size = file.ready.size;
    }
    if (!file.token && !(await begun(file))) return;
    if (file.offset === undefined) file.offset = (await told(file, await ask("GET", file.token)))?.offset ?? 0;
    while (!file.done && !file.refused && files.includes(file)) {
      draw(file, file.offset + PIECE >= file.size ? "judging" : "sending");
      const from = file.known = file.offset;
      file.offset = undefined; // not known until it is answered
      const body = file.ready.slice(from, from + PIECE);
      const headers = { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" };
      const answer = await told(file, await ask("PATCH", file.token, { body, headers }));
      if (answer) Object.assign(file, { offset: answer.offset, done: answer.done, kind: answer.kind || file.kind });
      if (answer?.done) arrived(file, answer.place);
    }
  }

  async function begun(file) {
    const said = { name: file.name, size: file.size, mark: await markOf(file) };
    const answer = await told(file, await ask("POST", "", { body: JSON.stringify(said), headers: { "Content-Type": "application/json" } }));
    if (answer) Object.assign(file, { token: answer.token, offset: answer.offset });
    return Boolean(answer);
  }

  // 409 says where to go on; 422 why not; 404 that it has to begin anew. Everything else is a pause.
  async function told(file, answer) {
    if (answer.ok || answer.status === 409) return answer.json();
    if (answer.status === 422) { refuse(file, (await answer.json()).refused); return null; }
    if (answer.status === 404 && file.token) { file.token = ""; file.offset = 0; }
    file.pause = Number(answer.headers.get("Retry-After")) * 1000;
    throw new Error(String(answer.status));
  }

  function arrived(file, place) {
    draw(file, "taken");
    say(`${file.name} ${words.taken}`);
    if (!place || !form.elements.latitude) return;
    const offer = file.row.querySelector(".evidence-place");
    offer.hidden = false;
    offer.querySelector("[data-use]").addEventListener("click", () => {
      form.elements.latitude.value = place.latitude;
      form.elements.longitude.value = place.longitude;
      for (const field of [form.elements.latitude, form.elements.longitude]) field.dispatchEvent(new Event("change", { bubbles: true }));
      form.dispatchEvent(new CustomEvent("place:offered", { bubbles: true, detail: place }));
      offer.textContent = words.used;
      say(words.used);
    });
  }

  function refuse(file, why) {
    file.refused = true;
    draw(file, "refused", why);
    say(`${file.name}: ${why}`);
  }

  function remove(file) {
    files.splice(files.indexOf(file), 1);
    file.row.remove();
    if (file.token) ask("DELETE", file.token).catch(() => setTimeout(() => ask("DELETE", file.token).catch(() => {}), AGAIN[3]));
  }

  function draw(file, state, why) {
    file.row ??= drawn(file);
    const part = file.size ? Math.floor((100 * (file.offset ?? file.known ?? 0)) / file.size) : 0;
    file.row.className = `evidence-file ${state}`;
    file.row.querySelector(".evidence-name").textContent = file.name;
    file.row.querySelector(".evidence-size").textContent = sized(file.size);
    file.row.querySelector(".evidence-state").textContent = why ?? words[state].replace("{n}", part);
    const bar = file.row.querySelector("progress");
    bar.hidden = !["sending", "paused", "broken", "judging"].includes(state);
    bar.value = part;
  }

  function drawn(file) {
    const row = box.querySelector("[data-row]").content.firstElementChild.cloneNode(true);
    const use = row.querySelector("use");
    const kind = { image: "picture", picture: "picture", video: "video", audio: "audio" }[file.kind] ?? "document";
    use.setAttribute("href", use.getAttribute("href").replace("#document", `#${kind}`));
    if (file.content && SEEN.includes(file.content.type)) {
      look(file.content, row.querySelector(".evidence-sight"));
    }
    const button = row.querySelector("[data-remove]");
    button.querySelector("span").textContent = ` ${file.name}`;
    button.addEventListener("click", () => { remove(file); box.querySelector("[data-choose]").focus(); });
    list.append(row);
    return row;
  }

  // Sent while a file is on its way: wait for it, visibly; its writer may go on without it.
  function holdBack(event) {
    if (!files.some((one) => one.content && !one.done && !one.refused)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held = event.submitter ?? true;
    event.submitter?.closest(".buttons")?.before(hold); // where its writer is looking
    hold.hidden = false;
    hold.focus();
    go();
  }

  function letGo() {
    if (!held || files.some((one) => one.content && !one.done && !one.refused)) return;
    const button = held;
    held = null;
    hold.hidden = true;
    form.requestSubmit(button === true ? undefined : button);
  }

  function say(sentence) { spoken.textContent = sentence; }

  function rested(pause) {
    return new Promise((wake) => {
      const timer = setTimeout(wake, pause);
      addEventListener("online", () => { clearTimeout(timer); wake(); }, { once: true });
    });
  }
}

function wordsOf(box) {
  const words = {};
  for (const name of box.querySelector("[data-words]").content.querySelectorAll("dt")) words[name.textContent] = name.nextElementSibling.textContent;
  return words;
}

// Drawn, not loaded: the page's policy knows no pictures but the house's own.
async function look(content, place) {
  try {
    const picture = await createImageBitmap(content, { resizeWidth: 160, imageOrientation: "from-image" });
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width, height: picture.height });
    canvas.getContext("2d").drawImage(picture, 0, 0);
    place.replaceChildren(canvas);
  } catch { /* this browser cannot read it: the sign of a picture stays */ }
}

function sized(bytes) {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

// Tells the same file again after the page was loaded anew, and nobody anything else.
async function markOf(file) {
  if (!crypto.subtle) return "";
  const text = new TextEncoder().encode(`${file.mark} ${file.size}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return [...digest.slice(0, 20)].map((one) => one.toString(16).padStart(2, "0")).join("");
}
