// Lighthouse's marks for pages, on its telephone profile. Reads {"chromium", "pages": [{"name", "url", "cookie"}]} from
// standard input and answers with one line of JSON a page: its marks and what cost them.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const KINDS = ["performance", "accessibility", "best-practices"];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];

const asked = JSON.parse(readFileSync(0, "utf-8"));
for (const { name, url, cookie } of asked.pages) {
  const chrome = await launch({ chromePath: asked.chromium, chromeFlags: FLAGS });
  try {
    const extraHeaders = cookie ? { Cookie: cookie } : {};
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: KINDS, extraHeaders, logLevel: "error" });
    const marks = Object.fromEntries(KINDS.map((kind) => [kind, Math.round(lhr.categories[kind].score * 100)]));
    const faults = KINDS.flatMap((kind) => lhr.categories[kind].auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
    if (lhr.runtimeError || lhr.finalDisplayedUrl !== url) throw new Error(`${name}: not the page that was meant`);
    console.log(JSON.stringify({ name, marks, faults }));
  } finally {
    await chrome.kill();
  }
}
