import type { Io } from "./io.js";

const width = 24;

/**
 * A progress line on a terminal's stderr, and nothing at all anywhere else.
 * @returns a function to call with the fraction done, and one that wipes the line
 */
export function progressLine(io: Io, what: string): { update(done: number): void; clear(): void } {
  let shown = -1;
  return {
    update(done) {
      const percent = Math.floor(Math.min(1, Math.max(0, done)) * 100);
      if (!io.errIsTerminal || percent === shown) return;
      shown = percent;
      const filled = Math.round((percent / 100) * width);
      io.err(`\r${what} ${"█".repeat(filled)}${"░".repeat(width - filled)} ${String(percent).padStart(3)}%`);
    },
    clear() {
      if (shown >= 0) io.err(`\r${" ".repeat(what.length + width + 6)}\r`);
      shown = -1;
    },
  };
}
