// Keys of a page: what carries `data-key` is pressed by that key; letters and digits only while nothing is typed.

const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select";

addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.length === 1 && event.target.closest?.(WRITTEN_IN)) return;
  const one = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!one) return;
  event.preventDefault();
  one.click();
});
