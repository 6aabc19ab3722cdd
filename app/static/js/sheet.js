// How far a sheet is: asked again every two seconds, and the whole page once its work is done. Without it, one reloads.

const EVERY = 2000;
follow(document.querySelector("[data-following]"));

function follow(shown) {
  if (shown) setTimeout(() => look(shown), EVERY);
}

async function look(shown) {
  try {
    const answer = await fetch(shown.dataset.following, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = answer.ok && page.querySelector("[data-following]");
    if (answer.ok && !now) return location.reload();
    if (now) {
      shown.replaceWith(now);
      return follow(now);
    }
  } catch {
    // The line is away for a moment: the next look will tell.
  }
  follow(shown);
}
