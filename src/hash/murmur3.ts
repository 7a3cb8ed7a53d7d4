/**
 * murmur3-32 (x86, 32 bit) over the UTF-8 bytes of a text, encoded on the fly: nothing is allocated.
 * A lone surrogate is hashed as U+FFFD, as `TextEncoder` writes it; texts are not normalised, so "é" in one
 * and in two code points are two texts.
 * @param text  any text
 * @param seed  32-bit integer
 * @returns integer in 0 … 2³² − 1
 * @source Appleby, MurmurHash3.cpp (public domain)
 * @checked test/reference/murmur3.json — a C reference
 */
export function murmur3(text: string, seed: number): number {
  const { length } = text;
  let hash = seed | 0;
  let bytes = 0;
  let word = 0;
  let filled = 0;
  for (let i = 0; i < length; i++) {
    let code = text.charCodeAt(i);
    let size = 8;
    if (code > 127) {
      if (code >> 11 === 27) {
        const next = text.charCodeAt(i + 1);
        if (code < 0xdc00 && next >> 10 === 55) {
          code = (code << 10) + next - 0x35fdc00;
          i++;
        } else code = 0xfffd;
      }
      // The character's UTF-8 bytes, built from the last to the first, the first ending up lowest.
      let encoded = 0;
      let room = 64;
      do {
        encoded = (encoded << 8) | 128 | (code & 63);
        code >>= 6;
        room >>= 1;
        size += 8;
      } while (code >= room);
      code |= (encoded << 8) | (256 - 2 * room);
    }
    bytes += size >> 3;
    word |= code << filled;
    filled += size;
    if (filled > 31) {
      filled -= 32;
      hash ^= scramble(word);
      hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
      word = filled > 0 ? code >>> (size - filled) : 0;
    }
  }
  return finalize(hash ^ scramble(word) ^ bytes);
}

/**
 * murmur3's finalizer: every bit of the input moves every bit of the output.
 * @param hash  32-bit integer
 * @returns integer in 0 … 2³² − 1
 */
export function finalize(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const product = Math.imul(word, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}
