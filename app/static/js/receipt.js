// The receipt as a picture: drawn here on the device, saved from here, and sent nowhere.

const slip = document.querySelector("[data-slip]");
const button = document.querySelector("[data-save-slip]");
const WIDTH = 900, MARGIN = 60, GAP = 34;
const INK = "#19211d", SOFT = "#4b554f";

if (slip && button && HTMLCanvasElement.prototype.toBlob) {
  button.hidden = false;
  button.addEventListener("click", save);
}

async function save() {
  const code = slip.querySelector("img");
  await code.decode().catch(() => undefined);
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = draw(canvas.getContext("2d"), code, false);
  draw(canvas.getContext("2d"), code, true);
  canvas.toBlob((picture) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(picture);
    link.download = slip.dataset.name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    const told = document.querySelector("[data-slip-saved]");
    told.textContent = told.dataset.slipSaved;
  }, "image/png");
}

// Draws, or only measures how high it will be.
function draw(pen, code, really) {
  const sans = getComputedStyle(document.body).fontFamily;
  let down = MARGIN;
  if (really) {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  }
  const write = (text, size, colour, weight = 400) => {
    pen.font = `${weight} ${size}px ${sans}`;
    pen.fillStyle = colour;
    for (const line of lines(pen, text)) {
      down += size * 1.35;
      if (really) pen.fillText(line, MARGIN, down - size * 0.3);
    }
  };
  write(slip.dataset.slip, 46, INK, 700);
  write(slip.querySelector("[data-line]").textContent, 26, SOFT);
  for (const fact of slip.querySelectorAll("dl > div")) {
    down += GAP * 0.6;
    write(fact.querySelector("dt").textContent, 26, SOFT);
    write(fact.querySelector("dd").textContent.trim(), fact.querySelector("strong") ? 42 : 32, INK, 600);
  }
  down += GAP;
  if (really && code.naturalWidth) pen.drawImage(code, MARGIN - 20, down, 380, 380);
  return Math.ceil(down + 380 + MARGIN);
}

function lines(pen, text) {
  const found = [""];
  for (const sign of text) {
    const longer = found[found.length - 1] + sign;
    if (pen.measureText(longer).width > WIDTH - 2 * MARGIN) found.push(sign);
    else found[found.length - 1] = longer;
  }
  return found;
}
