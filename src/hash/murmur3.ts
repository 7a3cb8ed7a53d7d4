/**
 * murmur3-32 (x86, 32 bit) over the UTF-8 bytes of a text. ASCII, the hot path, is read in place and allocates
 * nothing. A lone surrogate is hashed as U+FFFD, as `TextEncoder` writes it; texts are not normalised, so "é" in
 * one and in two code points are two texts.
 * @param text   any text
 * @param seed   32-bit integer
 * @param ascii  the last character that is one byte; any greater number for a text whose characters are bytes already
 * @returns integer in 0 … 2³² − 1
 * @source Appleby, MurmurHash3.cpp (public domain)
 * @checked test/reference/murmur3.json — a C reference
 */
export function murmur3(text: string, seed: number, ascii = 127): number {
  let hash = seed;
  let word = 0;
  let i = 0;
  while (i < text.length) {
    const code = text.charCodeAt(i);
    // With the u flag surrogates are matched only where they are lone; `toWellFormed` is younger than the browsers served.
    if (code > ascii)
      return murmur3(unescape(encodeURI(text.replace(/[\ud800-\udfff]/gu, "\ufffd"))), seed, 1e3);
    // A shift counts modulo 32: the four bytes of each word.
    word |= code << (i++ * 8);
    if (!(i % 4)) {
      hash ^= scramble(word);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
      word = 0;
    }
  }
  return finalize(hash ^ scramble(word) ^ i);
}

/**
 * murmur3's finalizer: every bit of the input moves every bit of the output.
 * @param hash  32-bit integer
 * @returns integer in 0 … 2³² − 1
 */
export function finalize(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

/**
 * murmur3's step, for what is not text. `murmur3` has it inline: the page that only assigns is not to pay for this.
 * @param hash  what was hashed so far, not finalized
 * @param word  the next 32 bits
 * @returns the hash with them in
 */
export function absorb(hash: number, word: number): number {
  const mixed = hash ^ scramble(word);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
