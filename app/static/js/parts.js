// Alt with an arrow moves the line one is in to the part above or below. Without a script one cuts and pastes.

const fields = [...document.querySelectorAll("textarea[data-points]")];
if (fields.length > 1) document.querySelector("[data-keys]").hidden = false;

const move = (from, to) => {
  const lines = from.value.split("\n");
  const here = from.value.slice(0, from.selectionStart).split("\n").length - 1;
  const [line] = lines.splice(here, 1);
  if (!line.trim()) return;
  from.value = lines.join("\n");
  const rest = to.value.replace(/\n+$/, "");
  to.value = rest ? `${rest}\n${line}` : line;
  to.focus();
  to.setSelectionRange(to.value.length - line.length, to.value.length);
};

for (const [place, field] of fields.entries()) {
  field.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const to = event.altKey && step ? fields[place + step] : undefined;
    if (!to) return;
    event.preventDefault();
    move(field, to);
  });
}
