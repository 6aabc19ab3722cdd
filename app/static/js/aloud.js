// Reads the page aloud, or what is selected, by the browser's own voice. A voice of the device is taken where there is one.
const LONGEST = 160; // some browsers fall silent in the middle of longer pieces
const LEFT_OUT = "[hidden], .hidden, .no-print, script, style, template, svg, nav, select, [aria-hidden=true]";
const voices = globalThis.speechSynthesis;
const bar = document.querySelector("[data-aloud]");
if (voices && bar) begin(bar, ...bar.querySelectorAll("button"));

function begin(bar, reads, stops) {
  const words = { read: reads.textContent, pause: bar.dataset.pause, resume: bar.dataset.resume };
  let state = "silent";
  const say = (now) => {
    state = now;
    reads.textContent = { silent: words.read, speaking: words.pause, paused: words.resume }[now];
    stops.hidden = now === "silent";
  };
  const silence = () => { voices.cancel(); say("silent"); };
  reads.addEventListener("click", () => {
    if (state === "speaking") { voices.pause(); return say("paused"); }
    if (state === "paused") { voices.resume(); return say("speaking"); }
    voices.cancel();
    const parts = pieces(String(getSelection()).trim() || readable(document.querySelector("main")));
    parts.forEach((part, place) => voices.speak(spoken(part, place === parts.length - 1 ? silence : null)));
    if (parts.length) say("speaking");
  });
  stops.addEventListener("click", silence);
  addEventListener("pagehide", silence);
  document.addEventListener("hotline:leave", silence);
  bar.hidden = false;
}

function spoken(part, atEnd) {
  const language = document.documentElement.lang;
  const piece = new SpeechSynthesisUtterance(part);
  const fitting = voices.getVoices().filter((voice) => voice.lang.replace("_", "-").startsWith(language.slice(0, 2)));
  piece.lang = language;
  piece.voice = fitting.find((voice) => voice.localService) ?? fitting[0] ?? null;
  if (atEnd) piece.onend = atEnd;
  return piece;
}

// The words of an element as they are seen, without what is only there to be pressed.
function readable(element) {
  const lines = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return lines.push(node.textContent);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LEFT_OUT)) return undefined;
    if (node.matches("img[alt]")) lines.push(node.alt);
    node.childNodes.forEach(walk);
    if (getComputedStyle(node).display !== "inline") lines.push("\n");
    return undefined;
  };
  walk(element);
  return lines.join(" ").replace(/[^\S\n]+/g, " ");
}

// Sentences, joined into pieces a voice gets through.
function pieces(text) {
  const sentences = text.split(/\n+|(?<=[。！？；.!?;])/).map((one) => one.trim()).filter(Boolean);
  return sentences.flatMap((one) => one.match(new RegExp(`.{1,${LONGEST}}`, "gsu")));
}
