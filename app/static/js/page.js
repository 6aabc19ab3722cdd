// What a page does beyond plain HTML. Everything works without it; nothing here asks another host.

// After a refused form the reader lands on what was wrong.
document.querySelector("[data-summary]")?.focus();

// A double click sends one form. The pause ends by itself, for those who come back with the back button.
const PAUSE = 8000;
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    const buttons = form.querySelectorAll("button[type=submit]");
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), PAUSE);
  });
}
function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
}
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-once]").forEach(release);
});

// A row of a table becomes a card on a telephone: each cell learns its heading.
const FITS = 4;
for (const table of document.querySelectorAll("table[data-stack]")) {
  const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
  if (headings.length < (Number(table.dataset.stack) || FITS)) continue;
  for (const row of table.tBodies[0]?.rows ?? []) {
    if (row.cells.length !== headings.length) continue;
    [...row.cells].forEach((cell, place) => {
      if (cell.textContent.trim() || cell.querySelector("img, input, svg")) cell.dataset.label = headings[place];
      else cell.dataset.empty = "";
    });
  }
  table.classList.add("labelled");
}

// How many characters are left, said quietly and only near the end.
const NEAR = 100;
for (const tally of document.querySelectorAll("[data-tally]")) {
  const words = document.getElementById(tally.dataset.tally);
  const sentence = tally.textContent;
  const count = () => {
    const left = words.maxLength - words.value.length;
    tally.hidden = left > NEAR;
    tally.textContent = sentence.replace("{n}", left);
  };
  words?.addEventListener("input", count);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// An open menu closes when the reader turns elsewhere or presses Escape.
for (const menu of document.querySelectorAll("details.switch")) {
  addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// What a telephone keeps at the gate (js/gate) is sent from any page of its owner, and removed when they sign out.
const leaving = document.querySelector("form[data-forgets]");
if (leaving && localStorage.getItem("hotline.gate")) {
  if (!document.querySelector("[data-gate]")) import("./gate/sending.js").then(({ sendAll }) => sendAll()).catch(() => {});
  leaving.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { everyone, forget } = await import("./gate/kept.js");
    const unsent = await everyone().catch(() => []);
    if (unsent.length && !confirm(leaving.dataset.unsent)) return;
    await forget().catch(() => {});
    leaving.submit();
  });
}
