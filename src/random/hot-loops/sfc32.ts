import { POINTS } from "../../core/points.js";
import { atEdge, edge } from "../sample-normal.js";
import type { RandomSource } from "../source.js";

/** Places of a strip on either side of 0. */
const PLACES = 16_777_216;

/**
 * A small fast generator with 96 bits of state, for hot loops: it costs nothing to start again, and its own samplers
 * take 32 bits where the general ones take two numbers.
 * @source sfc32 (Doty-Humphrey, PractRand)
 */
export class Sfc32 implements RandomSource {
  // Fields would become boxed doubles where integers have 31 bits.
  readonly #state = new Int32Array(4);

  /**
   * Starts a sequence, and lets go of the one before.
   * @returns the generator itself
   */
  start(a: number, b: number, c: number): this {
    const state = this.#state;
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = 1;
    for (let i = 0; i < 8; i++) this.word();
    return this;
  }

  /** @returns 32 random bits as a signed integer */
  word(): number {
    const state = this.#state;
    const b = state[1]!;
    const c = state[2]!;
    const sum = (state[0]! + b + state[3]!) | 0;
    state[3]! += 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }

  next(): number {
    return ((this.word() >>> 0) + 0.5) / POINTS;
  }

  /**
   * A standard normal draw by the ziggurat, with strip and place from one word.
   * @returns a draw with mean 0 and variance 1, of 2²⁵ places a strip
   * @source Doornik (2005)
   */
  normal(): number {
    for (;;) {
      const word = this.word();
      const strip = word & 127;
      const u = ((word >> 7) + 0.5) / PLACES;
      const x = u * edge[strip]!;
      if (Math.abs(x) < edge[strip + 1]!) return x;
      const z = atEdge(this, strip, u);
      if (!Number.isNaN(z)) return z;
    }
  }

  /**
   * A gamma draw of a shape ≥ 1, from constants worked out before.
   * @param d  shape − ⅓
   * @param c  1 / √(9 d)
   * @returns a draw with mean and variance equal to the shape
   * @source Marsaglia & Tsang (2000), ACM TOMS 26(3)
   */
  gamma(d: number, c: number): number {
    for (;;) {
      const z = this.normal();
      const root = 1 + c * z;
      if (root <= 0) continue;
      const v = root * root * root;
      const u = this.next();
      const z2 = z * z;
      if (u < 1 - 0.0331 * z2 * z2 || Math.log(u) < 0.5 * z2 + d * (1 - v + Math.log(v))) return d * v;
    }
  }
}
