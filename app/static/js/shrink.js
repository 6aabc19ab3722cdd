// A large photograph is made smaller before it is sent. What the telephone wrote into it (where and when it was taken)
// goes along, turned upright: it is sealed with the original, and its place can be offered to the sender.

const LONGEST = 2560;
const LARGE = 3 * 1024 * 1024;
const TAKEN = ["image/jpeg", "image/png", "image/webp"];
const SOI = [0xff, 0xd8];
const APP1 = 0xe1;
const ORIENTATION = 0x0112;
const SHORT = 3;

export async function shrunk(file) {
  if (!TAKEN.includes(file.type) || !self.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const longest = Math.max(picture.width, picture.height);
    if (longest <= LONGEST && file.size <= LARGE) return file;
    const scale = Math.min(1, LONGEST / longest);
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!small || small.size >= file.size) return file;
    const said = file.type === "image/jpeg" ? exifOf(new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer())) : null;
    return said ? new Blob([new Uint8Array(SOI), said, small.slice(2)], { type: "image/jpeg" }) : small;
  } catch {
    return file; // too large for this telephone, or no picture it can read: sent as it is
  }
}

// The segment of a JPEG that holds the EXIF, its orientation set to upright; null when there is none.
function exifOf(bytes) {
  const view = new DataView(bytes.buffer);
  for (let at = 2; at + 4 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
    const length = view.getUint16(at + 2) + 2;
    const named = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (bytes[at + 1] === APP1 && named === "Exif" && at + length <= bytes.length) return upright(bytes.slice(at, at + length));
    at += length;
  }
  return null;
}

function upright(segment) {
  const view = new DataView(segment.buffer);
  const start = 10;
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = directory + 2 + 12 * entry;
    if (view.getUint16(at, little) === ORIENTATION && view.getUint16(at + 2, little) === SHORT) view.setUint16(at + 8, 1, little);
  }
  return segment;
}
