// The place of the matter, set on a map. This much is always loaded; the map itself only when it is opened.

for (const box of document.querySelectorAll("[data-place]")) {
  const { elements } = box.closest("form");
  const latitude = elements[box.dataset.latitude];
  const longitude = elements[box.dataset.longitude];
  const opener = box.querySelector("[data-open]");
  const frame = box.querySelector("[data-frame]");
  const remove = box.querySelector("[data-remove]");
  const said = box.querySelector("[data-said]");
  let picking, before; // where the hands were when the map was opened by its key

  box.hidden = false;
  tell();

  opener.addEventListener("click", async () => {
    unfold(frame.hidden);
    if (frame.hidden) return before?.focus();
    before = box.contains(document.activeElement) ? null : document.activeElement;
    if (picking) return opener.dataset.key && box.querySelector("[data-map]").focus();
    try {
      picking = await (await import(box.dataset.picking)).begin(box, { point, set, tell });
    } catch {
      picking = undefined;
      unfold(false);
      said.textContent = box.dataset.failed;
    }
  });
  remove.addEventListener("click", () => { set(null); opener.focus(); });
  // Set by others: a draft that was taken up again, the position in a photograph.
  for (const field of [latitude, longitude]) field.addEventListener("change", () => { tell(); picking?.show(); });
  addEventListener("pageshow", () => { tell(); picking?.show(); });

  function unfold(open) {
    frame.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    for (const words of opener.querySelectorAll("[data-when]")) words.hidden = (words.dataset.when === "open") !== open;
  }

  function point() {
    const found = [latitude.value, longitude.value].map((words) => (words.trim() ? Number(words) : NaN));
    return found.every(Number.isFinite) ? found : null;
  }

  function set(place) {
    [latitude.value, longitude.value] = place ? place.map((degrees) => degrees.toFixed(6)) : ["", ""];
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    latitude.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function tell(area = "", more = "") {
    const place = point();
    remove.hidden = !place;
    const words = !place ? box.dataset.none : area ? box.dataset.setIn.replace("{area}", area) : box.dataset.set;
    const figures = place ? place.map((degrees) => degrees.toFixed(5)).join(", ") : "";
    said.textContent = [words.replace("{place}", figures), more].filter(Boolean).join(" ");
  }
}
