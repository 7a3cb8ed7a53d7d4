import { murmur3 } from "../../hash/murmur3.js";

/** A hash of a text, 16 hexadecimal digits. */
export const textHash = (text: string): string =>
  [1, 2].map((seed) => murmur3(text, seed).toString(16).padStart(8, "0")).join("");
