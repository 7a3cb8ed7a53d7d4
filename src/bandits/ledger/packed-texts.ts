const BITS = 18;
const BYTES = 1 << BITS;
const FEWEST = 256;
const LONGEST_HEAD = 5;
const nothing = new DataView(new ArrayBuffer(0));

/**
 * Texts as bytes, outside of what the garbage collector looks through: one byte per UTF-16 unit where all are below 256,
 * otherwise two, so that every text comes back as it was.
 */
export class PackedTexts {
  readonly #pages: DataView[] = [];
  #used = 0;

  /** @returns where the text is now */
  add(text: string): number {
    let wide = 0;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) wide = 1;
    const page = this.#room(LONGEST_HEAD + text.length * (1 + wide));
    const address = (this.#pages.length - 1) * BYTES + this.#used;
    let at = this.#used;
    let head = text.length * 2 + wide;
    for (; head > 127; head = Math.floor(head / 128)) page.setUint8(at++, (head % 128) + 128);
    page.setUint8(at++, head);
    for (let i = 0; i < text.length; i++) {
      if (wide) page.setUint16(at, text.charCodeAt(i));
      else page.setUint8(at, text.charCodeAt(i));
      at += 1 + wide;
    }
    this.#used = at;
    return address;
  }

  get(address: number): string {
    const { page, at, length, wide } = this.#head(address);
    let text = "";
    // Most ids and contexts in one call; not more at once than a call may have arguments.
    for (let from = 0; from < length; from += 4096) {
      const units: number[] = [];
      for (let i = from; i < Math.min(length, from + 4096); i++)
        units.push(wide ? page.getUint16(at + 2 * i) : page.getUint8(at + i));
      text += String.fromCharCode(...units);
    }
    return text;
  }

  /** Whether this text is there. */
  is(address: number, text: string): boolean {
    const { page, at, length, wide } = this.#head(address);
    if (length !== text.length) return false;
    for (let i = 0; i < length; i++)
      if (text.charCodeAt(i) !== (wide ? page.getUint16(at + 2 * i) : page.getUint8(at + i))) return false;
    return true;
  }

  #head(address: number) {
    const page = this.#pages[Math.floor(address / BYTES)] ?? nothing;
    let at = address % BYTES;
    let [head, place] = [0, 1];
    for (let byte = 128; byte > 127; place *= 128) {
      byte = page.getUint8(at++);
      head += (byte % 128) * place;
    }
    return { page, at, length: Math.floor(head / 2), wide: head % 2 === 1 };
  }

  /** The last page, with so many bytes free. */
  #room(bytes: number): DataView {
    const last = this.#pages.length - 1;
    const page = this.#pages[last];
    if (page && this.#used + bytes <= page.byteLength) return page;
    if (page && last === 0 && this.#used + bytes <= BYTES) {
      const grown = new DataView(
        new ArrayBuffer(Math.min(BYTES, Math.max(2 * page.byteLength, this.#used + bytes))),
      );
      new Uint8Array(grown.buffer).set(new Uint8Array(page.buffer));
      this.#pages[0] = grown;
      return grown;
    }
    const fresh = new DataView(new ArrayBuffer(Math.max(bytes, page ? BYTES : FEWEST)));
    this.#pages.push(fresh);
    this.#used = 0;
    return fresh;
  }
}
