// Scans beside the typing: sent as soon as they are chosen, and turned and enlarged where they are read.

import { save } from "./typing.js";

const input = document.querySelector("form[data-desk] input[name=scans]");
const place = document.querySelector("[data-scans]");
const SIZES = 4;

for (const pages of document.querySelectorAll("[data-pages]")) equip(pages);

input?.addEventListener("change", async () => {
  const files = [...input.files];
  input.value = "";
  input.disabled = true;
  const refused = [];
  let draft;
  for (const file of files) {
    const kept = await save([file]);
    draft = kept?.draft ?? draft;
    refused.push(...(kept?.refused ?? [{ name: file.name, why: document.querySelector("[data-kept]").dataset.failed }]));
  }
  input.disabled = false;
  tell(refused);
  if (draft) await show(draft);
});

async function show(draft) {
  const answer = await fetch(new URL(`../draft/${draft}/scans`, new URL(input.form.action)));
  if (!answer.ok) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-scans]");
  place.replaceChildren(...found.childNodes);
  for (const pages of place.querySelectorAll("[data-pages]")) equip(pages);
}

function tell(refused) {
  const field = input.closest(".field");
  field.querySelector("[data-refused]")?.remove();
  if (!refused.length) return;
  const told = document.createElement("ul");
  told.className = "error";
  told.dataset.refused = "";
  told.setAttribute("role", "alert");
  for (const one of refused) told.append(Object.assign(document.createElement("li"), { textContent: `${one.name}: ${one.why}` }));
  field.append(told);
}

function equip(pages) {
  for (const item of pages.children) {
    const picture = item.querySelector("img");
    if (!picture) continue;
    const frame = document.createElement("div");
    const bar = document.createElement("p");
    let turned = 0, size = 1;
    frame.className = "page";
    frame.tabIndex = 0;
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", picture.alt);
    bar.className = "buttons";
    frame.append(picture);
    item.replaceChildren(bar, frame);
    const press = (words, work) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words });
      button.addEventListener("click", () => {
        work();
        frame.dataset.turned = turned;
        frame.dataset.size = size;
      });
      bar.append(button);
    };
    bar.append(Object.assign(document.createElement("span"), { className: "soft", textContent: picture.alt }));
    press(pages.dataset.turn, () => { turned = (turned + 1) % 4; });
    press(pages.dataset.larger, () => { size = Math.min(SIZES, size + 1); });
    press(pages.dataset.smaller, () => { size = Math.max(1, size - 1); });
  }
}
