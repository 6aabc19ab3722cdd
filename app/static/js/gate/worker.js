// Gives the page at the gate out again where there is no network, or one that does not answer. Nothing is sent from here.

const PAGES = "hotline-gate", PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(soon(request, address.pathname));
  else if (address.pathname.startsWith("/static/")) event.respondWith(address.searchParams.has("v") ? there(request) : soon(request, request));
});

const kept = async (name) => (await caches.open(PAGES)).match(name, { ignoreVary: true });

/** What is there, if it is there: the address of a part names its content. */
const there = async (request) => (await kept(request)) ?? fetch(request);

/** As it is now, or as it was kept where that does not come in time. */
async function soon(request, name) {
  const before = await kept(name);
  if (!before) return fetch(request);
  const late = new Promise((done) => setTimeout(() => done(before), PATIENCE));
  return Promise.race([fetch(request).catch(() => before), late]);
}
