// Finds the number behind an ALTCHA challenge (version 1): SHA-256(salt + number) = challenge, by trying from nought.
// Runs as a worker. Its own SHA-256, because the browser's answers each call later and is missing on plain http;
// what does not change of the text is worked in once.

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
const fraction = (root) => (root % 1) * 2 ** 32 | 0;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const BEGIN = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const W = new Int32Array(64);
const turn = (x, by) => (x >>> by) | (x << (32 - by));

/** One block of 64 bytes at `from`, worked into the state; gives a new state. */
function block(state, bytes, from) {
  for (let i = 0; i < 16; i += 1) {
    const at = from + 4 * i;
    W[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const x = W[i - 15], y = W[i - 2];
    W[i] = (W[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + W[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const t = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const u = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
  }
  return [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
}

/** Gives the number, or -1 when there is none up to `most`. */
function solve(salt, challenge, most) {
  const wanted = [0, 8, 16, 24, 32, 40, 48, 56].map((at) => parseInt(challenge.slice(at, at + 8), 16) | 0);
  const ascii = (text) => Array.from(text, (letter) => letter.charCodeAt(0));
  const text = ascii(salt), whole = text.length - (text.length % 64);
  let begun = Array.from(BEGIN);
  for (let at = 0; at < whole; at += 64) begun = block(begun, text, at);
  const rest = text.slice(whole);
  for (let number = 0; number <= most; number += 1) {
    const tail = rest.concat(ascii(String(number)), 0x80);
    while (tail.length % 64 !== 60) tail.push(0);
    const bits = (whole + rest.length + String(number).length) * 8;
    tail.push(bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255);
    let state = begun;
    for (let at = 0; at < tail.length; at += 64) state = block(state, tail, at);
    if (state[0] === wanted[0] && state.every((word, place) => word === wanted[place])) return number;
  }
  return -1;
}

self.onmessage = ({ data }) => self.postMessage(solve(data.salt, data.challenge, data.maxNumber));
