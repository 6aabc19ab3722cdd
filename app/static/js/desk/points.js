// Points one by one: the lines of the plain field, each in a field of its own. Enter begins the next one.

const source = document.querySelector("form[data-desk] textarea[name=points]");
if (source) begin();

function begin() {
  const label = document.querySelector(`label[for="${source.id}"]`);
  const list = document.createElement("ol");
  list.className = "points";
  source.after(list);
  source.hidden = true;
  for (const line of source.value.split("\n")) add(line);
  label.htmlFor = list.querySelector("textarea").id;
  if (source.autofocus) focus(list.lastElementChild);

  list.addEventListener("input", (event) => {
    const lines = event.target.value.split(/\r?\n/);
    if (lines.length > 1) {
      event.target.value = lines[0];
      let after = event.target.closest("li");
      for (const line of lines.slice(1)) after = add(line, after);
      focus(after);
    }
    fit(event.target);
    source.value = said();
  });

  list.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const here = event.target.closest("li"), words = event.target.value;
    if (event.key === "Enter") {
      event.preventDefault();
      if (words.trim() || !here.previousElementSibling) return void (words.trim() && focus(add("", here)));
      if (here.nextElementSibling) return;
      remove(here);
      document.getElementById("find-place")?.focus();
    } else if (event.key === "Backspace" && !words && list.children.length > 1) {
      event.preventDefault();
      const beside = here.previousElementSibling ?? here.nextElementSibling;
      remove(here);
      focus(beside);
    }
  });

  function add(line, after) {
    const item = document.createElement("li");
    const words = document.createElement("textarea");
    words.rows = 1;
    words.value = line;
    words.maxLength = 500;
    item.append(words);
    after ? after.after(item) : list.append(item);
    number();
    fit(words);
    return item;
  }

  function remove(item) {
    item.remove();
    number();
    source.value = said();
    source.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function number() {
    [...list.children].forEach((item, place) => {
      item.firstChild.id = `point-${place + 1}`;
      item.firstChild.setAttribute("aria-label", `${label.firstChild.textContent.trim()} ${place + 1}`);
    });
  }

  function said() {
    return [...list.querySelectorAll("textarea")].map((one) => one.value.trim()).filter(Boolean).join("\n");
  }
}

function focus(item) {
  const words = item.querySelector("textarea");
  words.focus();
  words.setSelectionRange(words.value.length, words.value.length);
}

function fit(words) {
  words.style.height = "auto";
  words.style.height = `${words.scrollHeight + 2}px`;
}
