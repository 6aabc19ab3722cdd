// Hands stay on the keys: Enter goes on to the next field, digits tick the types, and the call's time is seen.

const form = document.querySelector("form[data-desk]");

form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  if (!event.target.matches("input:not([type=submit], [type=file]), select")) return;
  event.preventDefault();
  next(event.target)?.focus();
});

export function next(from) {
  const every = [...form.querySelectorAll("input, select, textarea, button")];
  const seen = every.filter((one) => one.tabIndex >= 0 && !one.disabled && one.type !== "hidden" && one.checkVisibility());
  return seen[seen.indexOf(from) + 1];
}

const boxes = [...(form?.querySelectorAll("[name=types]") ?? [])];
boxes.forEach((box, place) => { box.tabIndex = place ? -1 : 0; });
boxes[0]?.closest("fieldset").addEventListener("keydown", (event) => {
  const here = boxes.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const box = step ? boxes.at((here + step) % boxes.length) : boxes[Number(event.key) - 1];
  if (!box) return;
  event.preventDefault();
  for (const one of boxes) one.tabIndex = one === box ? 0 : -1;
  box.focus();
  if (!step) box.click();
});

const timer = document.querySelector("[data-timer]");
if (timer) {
  const began = performance.now() - Number(timer.dataset.timer) * 1000;
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const tell = () => {
    const seconds = (performance.now() - began) / 1000;
    timer.querySelector("[data-time]").textContent = `${two(seconds / 60)}:${two(seconds % 60)}`;
  };
  tell();
  timer.hidden = false;
  setInterval(tell, 1000);
}
