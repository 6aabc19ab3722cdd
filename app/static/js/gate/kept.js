// What a telephone keeps at the gate: sealed (AES-GCM; the key cannot be taken out of this browser), one record for each
// case, its pictures beside it. Gone when it was taken, when its writer signs out, or when somebody else signs in.

const BASE = "hotline-gate", PAGES = "hotline-gate", OWNER = "hotline.gate";
let over = false; // whoever leaves keeps nothing more: a page that is being left would save once again

/** One step in the drawers; `work` gives the request whose result is wanted. */
function drawer(name, mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open(BASE, 1);
    opening.onupgradeneeded = () => ["keys", "records", "pictures"].forEach((one) => opening.result.createObjectStore(one));
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const base = opening.result, step = base.transaction(name, mode);
      const asked = work(step.objectStore(name));
      step.oncomplete = () => { base.close(); done(asked.result); };
      step.onerror = step.onabort = () => { base.close(); failed(step.error); };
    };
  });
}

const wanted = () => drawer("keys", "readonly", (all) => all.get("own"));

/** Of two that make one at once, the first one's is the key. */
async function ownKey() {
  const there = await wanted();
  if (there) return there;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await drawer("keys", "readwrite", (all) => all.add(made, "own")).catch(() => {});
  return wanted();
}

async function seal(content) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await ownKey(), content) };
}
const open = async ({ iv, sealed }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, await ownKey(), sealed);

/** `record`: case, number, address, picture (a door), person, values, pictures (marks), ready. */
export async function keep(record) {
  if (over) return;
  localStorage.setItem(OWNER, record.person);
  const sealed = await seal(new TextEncoder().encode(JSON.stringify(record)));
  await drawer("records", "readwrite", (all) => all.put(sealed, record.case));
}

/** What cannot be opened any more (this browser threw its key away) is as good as gone. */
const opened = (one) => open(one).then((content) => JSON.parse(new TextDecoder().decode(content)), () => undefined);

export async function kept(id) {
  const found = await drawer("records", "readonly", (all) => all.get(id));
  return found && opened(found);
}

export async function everyone() {
  const all = await drawer("records", "readonly", (all) => all.getAll());
  return (await Promise.all(all.map(opened))).filter(Boolean);
}

export const keepPicture = async (mark, content) => {
  const sealed = await seal(await content.arrayBuffer());
  await drawer("pictures", "readwrite", (all) => all.put({ ...sealed, type: content.type }, mark));
};

export async function picture(mark) {
  const found = await drawer("pictures", "readonly", (all) => all.get(mark));
  return found && new Blob([await open(found)], { type: found.type });
}

export const dropPicture = (mark) => drawer("pictures", "readwrite", (all) => all.delete(mark));

/** A record that was taken: its words, its pictures, its page. */
export async function drop(record) {
  for (const mark of record.pictures) await dropPicture(mark);
  await drawer("records", "readwrite", (all) => all.delete(record.case));
  await (await caches.open(PAGES)).delete(record.address);
}

/** Keep the page itself, and what it is drawn with, to be opened without a network. */
export async function keepPage(person, address, parts) {
  localStorage.setItem(OWNER, person);
  await (await caches.open(PAGES)).addAll([address, ...parts]);
}

/** Everything goes; when it cannot, the next page tries again, for the owner's name is taken down last. */
export async function forget() {
  over = true;
  const doors = await navigator.serviceWorker?.getRegistrations() ?? [];
  await Promise.all(doors.filter((one) => one.scope.endsWith("/gate/")).map((one) => one.unregister()));
  await caches.delete(PAGES);
  await new Promise((done, failed) => {
    const gone = indexedDB.deleteDatabase(BASE);
    gone.onsuccess = done;
    gone.onerror = () => failed(gone.error);
  });
  localStorage.removeItem(OWNER);
}

/** What somebody else left here is not read. */
export async function belongTo(person) {
  const owner = localStorage.getItem(OWNER);
  if (!owner || owner === person) return;
  await forget();
  over = false;
}
