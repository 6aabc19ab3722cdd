// Staff pages by keys alone. A page says which key presses what (data-key); `?` lists them. Nothing here asks a server,
// but for the one word that a record's page is being left.

// On a telephone the rows come first, and the filters when they are asked for.
if (matchMedia("(max-width: 40rem)").matches) document.querySelector("[data-fold]")?.removeAttribute("open");

const list = document.querySelector("[data-rows]");
const rows = list ? [...list.querySelectorAll("tbody tr")] : [];
const help = document.querySelector("[data-keys-help]");
const writes = (at) => at.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=submit])");
const linkOf = (row) => row?.querySelector("a[href]");
const tickOf = (row) => row?.querySelector("input[name=chosen]");
const ticked = () => rows.filter((row) => tickOf(row)?.checked);
const here = () => rows.find((row) => row.contains(document.activeElement));

function go(step) {
  const at = rows.indexOf(here());
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  linkOf(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

// With rows ticked, an action is for all of them; else for the row one stands on, or the first.
function act(button) {
  const { do: action, now } = button.dataset;
  const bulk = button.matches("button");
  const row = here() ?? rows[0];
  if (bulk && (ticked().length || now)) {
    if (!ticked().length && row) tick(row, true);
    return button.click();
  }
  if (row) location.assign(`${linkOf(row).href}/${action}`);
}

function tick(row, on) {
  const box = tickOf(row);
  if (!box) return;
  box.checked = on ?? !box.checked;
  tally();
}

function tally() {
  const said = list.querySelector("[data-tally-chosen]");
  const number = ticked().length;
  if (said) {
    said.dataset.sentence ??= said.dataset.tallyChosen;
    said.textContent = said.dataset.sentence.replace("{n}", number);
    said.hidden = !number;
  }
  for (const row of rows) row.classList.toggle("ticked", Boolean(tickOf(row)?.checked));
  const all = list.querySelector("[data-all]");
  if (all) all.checked = number === rows.length;
}

function all() {
  const on = ticked().length < rows.length;
  for (const row of rows) tick(row, on);
}

const OF_LISTS = { j: () => go(1), k: () => go(-1), o: () => linkOf(here() ?? rows[0])?.click(), x: () => tick(here() ?? rows[0]), s: all };
const LINKS = { n: "a[rel=next]", p: "a[rel=prev]", u: "[data-back]" };

addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey) return;
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    return form.requestSubmit(form.querySelector("button.primary:not([name]), button.grave:not([name])"));
  }
  if (event.ctrlKey || event.metaKey || help?.open) return;
  if (writes(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const did = press(event.key);
  if (did) event.preventDefault();
});

function press(key) {
  if (key === "?" && help) return help.showModal(), true;
  const find = document.querySelector("[data-find]");
  if (key === "/" && find) return find.focus(), find.select(), true;
  if (rows.length && OF_LISTS[key]) return OF_LISTS[key](), true;
  const way = LINKS[key] && document.querySelector(LINKS[key]);
  if (way) return way.click(), true;
  const view = /^[1-9]$/.test(key) && document.querySelectorAll(".views a")[key - 1];
  if (view) return view.click(), true;
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (!button) return false;
  if (list?.contains(button)) act(button);
  else button.click();
  return true;
}

if (list) {
  list.addEventListener("change", tally);
  list.querySelector("[data-all]")?.addEventListener("change", (event) => { for (const row of rows) tick(row, event.target.checked); });
  tally();
}

// A decision begins in its first field.
if (!document.querySelector("[data-summary]")) {
  document.querySelector("[data-decide] .field :is(textarea, select, input)")?.focus();
}

// Whoever leaves a record's page is no longer told to others as having it open.
const visit = document.querySelector("[data-visit]");
if (visit) {
  addEventListener("pagehide", () => {
    const words = new URLSearchParams({ csrf_token: visit.dataset.token, visit: visit.dataset.visit });
    navigator.sendBeacon(visit.dataset.left, words);
  });
}
