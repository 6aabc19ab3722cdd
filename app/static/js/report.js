// The citizens' form with a script: the towns of the chosen county alone, and a ticked type's questions unfolded.
// Without it every town stands in one menu under its county, and the questions are unfolded by hand.

for (const menu of document.querySelectorAll("select[data-within]")) {
  const county = menu.form.elements[menu.dataset.within];
  const groups = [...menu.querySelectorAll("optgroup")];
  const narrow = () => {
    const chosen = menu.value;
    for (const group of groups) group.remove();
    menu.append(...groups.filter((group) => !county.value || group.dataset.area === county.value));
    menu.value = chosen;
    if (menu.selectedIndex < 0) menu.value = "";
  };
  county.addEventListener("change", narrow);
  addEventListener("pageshow", narrow);
  narrow();
}

for (const box of document.querySelectorAll(".kinds input[type=checkbox]")) {
  const more = box.closest("li").querySelector(".more");
  box.addEventListener("change", () => { if (more) more.open = box.checked; });
}
