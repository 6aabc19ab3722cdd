// What is known already, as the words come: asked after a pause, and put there only when it says something else.

const PAUSE = 700, APART = 1500;
const LOOKED_AT = new Set(["points", "description", "phone", "area", "town", "place", "latitude", "longitude", "polluter", "types", "foreign_number"]);
const form = document.querySelector("form[data-desk]");
const place = document.querySelector("[data-known]");
let timer, last = -APART, asked = "";

if (form && place) {
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (event.target.name && !LOOKED_AT.has(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, Math.max(PAUSE, last + APART - performance.now()));
    });
  }
}

async function ask() {
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (LOOKED_AT.has(name) || name === "csrf_token") body.append(name, value);
  const words = JSON.stringify([...body]);
  if (words === asked) return;
  asked = words;
  last = performance.now();
  try {
    const answer = await fetch(form.dataset.beside, { method: "POST", body });
    if (!answer.ok || asked !== words) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-known]");
    if (found && found.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...found.childNodes);
  } catch { /* no connection: the form goes on without it */ }
}
