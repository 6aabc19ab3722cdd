// “Is it this one?”: what is being described is looked up among the published cases after a pause in the writing,
// and what was found is offered below. The words go in the body of the request, and nothing of them is kept.

const LEAST = 15;
const PAUSE = 1200;
const APART = 4000;

const place = document.querySelector("[data-alike]");
const form = place?.closest("form");
if (form) begin(form.elements.description);

function begin(words) {
  const joined = document.querySelector("template[data-joined]");
  let timer, last = 0, asked = "";

  words.addEventListener("input", wait);
  for (const name of ["area", "polluter", "place"]) form.elements[name]?.addEventListener("change", wait);
  place.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    choose(button.dataset.same ?? "");
    if (!button.dataset.same) ask(true);
  });
  if (form.elements.same_as.value) choose(form.elements.same_as.value);
  else if (words.value.trim().length >= LEAST) wait();

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(PAUSE, last + APART - performance.now()));
  }

  async function ask(again = false) {
    const text = [words, form.elements.polluter, form.elements.place].map((one) => one?.value.trim() ?? "").join("\n");
    if (form.elements.same_as.value || words.value.trim().length < LEAST || (again !== true && text === asked)) return;
    asked = text;
    last = performance.now();
    const body = new FormData();
    for (const name of ["csrf_token", "inspection", "description", "area", "town", "polluter", "place", "latitude", "longitude"]) {
      if (form.elements[name]?.value) body.append(name, form.elements[name].value);
    }
    for (const box of form.querySelectorAll("[name=types]:checked")) body.append("types", box.value);
    try {
      const answer = await fetch(place.dataset.alike, { method: "POST", body });
      if (answer.ok && !form.elements.same_as.value) offer(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch { /* no connection: the form goes on without it */ }
  }

  // Says the same thing only once: what is offered already is not put there again.
  function offer(page) {
    const list = page.querySelector("ul.offered");
    if (list?.textContent === place.querySelector("ul")?.textContent) return;
    place.replaceChildren();
    if (!list) return;
    const title = document.createElement("h3");
    title.textContent = page.querySelector("h1").textContent;
    place.append(title, page.querySelector("main > p"), list);
  }

  function choose(number) {
    form.elements.same_as.value = number;
    place.replaceChildren();
    if (!number) return;
    const told = joined.content.cloneNode(true);
    told.querySelector("p").firstChild.textContent = told.querySelector("p").firstChild.textContent.replace("{number}", number);
    place.append(told);
  }
}
