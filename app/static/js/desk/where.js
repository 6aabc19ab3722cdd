// Where it is, on one line: initials (tyq), pinyin (tianyuan) or characters find a county or a town; Enter takes it.
// The two menus it stands for are still what is sent.

import { next } from "./moving.js";

const MOST = 8;
const box = document.querySelector("[data-where]");
if (box) begin();

function begin() {
  const [area, town] = ["area", "town"].map((name) => box.querySelector(`select[name=${name}]`));
  const line = box.querySelector("[role=combobox]"), list = box.querySelector("[role=listbox]");
  const options = (menu) => [...menu.options].filter((one) => one.value);
  const counties = new Map(options(area).map((one) => [one.value, one]));
  const places = [
    ...options(area).map((one) => ({ label: one.text, area: one.value, town: "", found: words(one), within: [] })),
    ...options(town).map((one) => {
      const county = counties.get(one.dataset.county);
      return { label: `${county.text} ${one.text}`, area: county.value, town: one.value, found: words(one), within: words(county) };
    }),
  ];
  let shown = [], at = 0;

  box.querySelector("[data-menus]").hidden = true;
  box.querySelector("[data-finder]").hidden = false;
  const chosen = places.find((one) => one.area === area.value && one.town === town.value) ?? places.find((one) => one.town && one.town === town.value);
  line.value = chosen?.label ?? "";
  // A county that the map has set is said here too; what is being typed here is left alone.
  area.addEventListener("change", () => {
    if (document.activeElement !== line) line.value = places.find((one) => one.area === area.value && !one.town)?.label ?? "";
  });

  line.addEventListener("input", () => look(line.value));
  line.addEventListener("blur", close);
  line.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); mark((at + step + shown.length) % shown.length); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Tab" && shown[at]) take(shown[at]);
    else if (event.key === "Enter" && shown[at]) { event.preventDefault(); take(shown[at]); next(line)?.focus(); }
  });
  list.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    if (!item) return;
    event.preventDefault();
    take(shown[[...list.children].indexOf(item)]);
    next(line)?.focus();
  });

  function words(option) { return option.dataset.find.split(" "); }

  function look(typed) {
    const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
    set("", "");
    if (!asked.length) return close();
    shown = places.map((one) => [rank(one, asked), one]).filter(([points]) => points < Infinity)
      .sort(([a], [b]) => a - b).slice(0, MOST).map(([, one]) => one);
    list.replaceChildren(...shown.map((one, place) => {
      const item = document.createElement("li");
      item.role = "option";
      item.id = `place-${place}`;
      item.textContent = one.label;
      return item;
    }));
    if (!shown.length) {
      const item = document.createElement("li");
      item.className = "soft";
      item.textContent = box.dataset.none;
      list.append(item);
    }
    list.hidden = false;
    line.setAttribute("aria-expanded", "true");
    mark(0);
  }

  // Every word must be found: the last of them in the place itself, those before it also in its county.
  function rank(one, asked) {
    const own = Math.min(...asked.map((word) => points(one.found, word)));
    if (own === Infinity) return Infinity;
    const all = asked.every((word) => Math.min(points(one.found, word), points(one.within, word)) < Infinity);
    return all ? own + (one.town ? 0.5 : 0) : Infinity;
  }

  function points(names, word) {
    if (names.includes(word)) return 0;
    if (names.some((name) => name.startsWith(word))) return 1;
    return /[^\x00-\x7f]/.test(word) && names.some((name) => name.includes(word)) ? 2 : Infinity;
  }

  function mark(place) {
    at = place;
    [...list.children].forEach((item, here) => item.setAttribute("aria-selected", String(here === at)));
    line.setAttribute("aria-activedescendant", shown.length ? `place-${at}` : "");
  }

  function take(one) {
    line.value = one.label;
    set(one.area, one.town);
    close();
  }

  function set(county, place) {
    if (area.value === county && town.value === place) return;
    [area.value, town.value] = [county, place];
    for (const menu of [area, town]) menu.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    list.hidden = true;
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  }
}
