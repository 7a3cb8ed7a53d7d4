import { errorOf, problem, unreadable_data } from "../../errors/index.js";

const magic = 0xfd2fb528;
const [firstSkipped, lastSkipped] = [0x184d2a50, 0x184d2a5f];

/** Bytes of a header's fields, by their flags. */
const sizes = { dictionary: [0, 1, 2, 4], content: [0, 2, 4, 8] } as const;

/** Takes bytes off a stream, a known number at a time. */
class Taker {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #cut: () => Error;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>, cut: () => Error) {
    this.#source = source[Symbol.asyncIterator]();
    this.#cut = cut;
  }

  /** Whether bytes are left. */
  async more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const { done, value } = await this.#source.next();
      if (done) return false;
      this.#rest = Buffer.from(value);
    }
    return true;
  }

  /** The next bytes, in pieces; fails where the stream ends before. */
  async *pass(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (!(await this.more())) throw this.#cut();
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** The next bytes at once. */
  async take(count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.pass(count)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}

async function* frameOf(taker: Taker, start: Buffer): AsyncGenerator<Buffer> {
  yield start;
  const head = await taker.take(1);
  const [flags = 0] = head;
  const isSingle = (flags >> 5) & 1;
  const content = flags >> 6 === 0 ? isSingle : (sizes.content[flags >> 6] ?? 0);
  yield head;
  yield await taker.take(1 - isSingle + (sizes.dictionary[flags & 3] ?? 0) + content);
  for (let isLast = false; !isLast; ) {
    const block = await taker.take(3);
    const bits = block.readUIntLE(0, 3);
    isLast = (bits & 1) === 1;
    yield block;
    yield* taker.pass(((bits >> 1) & 3) === 1 ? 1 : bits >> 3);
  }
  if ((flags >> 2) & 1) yield await taker.take(4);
}

/**
 * The frames that zstd has packed a file into, each to be unpacked by itself: Node's own stream reads the first and says nothing
 * of others, nor of a file that was cut off.
 * @returns streams of packed bytes, each to be read to its end before the next
 * @throws ExperimentError `unreadable_data` at the path where the file ends within a frame, or is not made of frames
 * @source RFC 8878, Zstandard compression, section 3.1
 */
export async function* zstdFrames(
  packed: AsyncIterable<Uint8Array>,
  file: string,
  path: readonly string[],
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const broken = () => errorOf([problem({ unreadable_data }, [...path, "file"], file)]);
  const taker = new Taker(packed, broken);
  while (await taker.more()) {
    const start = await taker.take(4);
    const mark = start.readUInt32LE(0);
    if (mark === magic) yield frameOf(taker, start);
    else if (mark >= firstSkipped && mark <= lastSkipped) {
      const length = (await taker.take(4)).readUInt32LE(0);
      for await (const _ of taker.pass(length));
    } else throw broken();
  }
}
