// The quick way out: the page goes blank, the server forgets what this browser holds, and a neutral page takes its place.
// Other modules let go of what they keep when they hear `hotline:leave`. Without a script the link does the same, slower.
const TIMES = 3;
const WITHIN = 1500;
const way = document.querySelector("[data-leave]");

function leave() {
  document.documentElement.classList.add("left");
  document.title = " ";
  document.dispatchEvent(new CustomEvent("hotline:leave"));
  fetch(way.href, { redirect: "manual", keepalive: true }).catch(() => {});
  location.replace(way.dataset.leave);
}

way?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

// Escape three times does the same, wherever the hands are.
let pressed = [];
addEventListener("keydown", (event) => {
  if (!way || event.key !== "Escape" || event.repeat) return;
  pressed = [...pressed.filter((moment) => event.timeStamp - moment < WITHIN), event.timeStamp];
  if (pressed.length >= TIMES) leave();
});

// Whoever comes back with the back button gets a fresh page, not the one that was left.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.documentElement.classList.contains("left")) location.reload();
});
