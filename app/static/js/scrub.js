// The buttons beside a mark do their work on the spot: one press, no waiting. Without a script the server does it.
// A press counts only once the text is approved: the server looks for marks again, and refuses what is unresolved.

const text = document.querySelector("textarea[data-scrubbed]");
const done = document.querySelector("input[data-done]");
const left = document.querySelector("[data-left]");

const press = (item, button) => {
  const words = item.dataset.mark;
  const taken = button.value.endsWith(":gone");
  const neutral = taken ? "" : button.textContent.trim();
  let changed = text.value.replaceAll(words, neutral);
  if (taken) changed = changed.replace(/([，、；：])(?=[，、；：。！？])/g, "").replace(/(^|[。！？\n])[，、；：]+/g, "$1");
  if (changed === text.value) return false;
  text.value = changed;
  if (!taken) done.value = `${done.value} ${item.dataset.kind}`.trim();
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  left.textContent = document.querySelectorAll("[data-mark]").length;
  (next?.querySelector("button") ?? text).focus();
  return true;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mark] button[name=press]");
  if (button && press(button.closest("[data-mark]"), button)) event.preventDefault();
});
