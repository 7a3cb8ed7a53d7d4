/** What a command may touch of the outside; tests pass their own. */
export interface Io {
  /** Writes results; nothing else goes there. */
  out(text: string): void;
  /** Writes messages and progress. */
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal, or undefined in a pipe. */
  readonly columns: number | undefined;
  /** Whether colour is wanted where there is a terminal (NO_COLOR). */
  readonly color: boolean;
  /** What comes in by standard input; absent where that is a terminal. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: (question: string) => Promise<string>;
  /** Aborted at the first Ctrl-C. */
  readonly signal?: AbortSignal;
}

async function answer(question: string, signal: AbortSignal | undefined): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, signal ? { signal } : {});
  } finally {
    lines.close();
  }
}

/** @returns the process's own streams as an {@link Io} */
export function processIo(signal?: AbortSignal): Io {
  const { stdin, stdout, stderr, env } = process;
  const isAsked = stdin.isTTY === true && stderr.isTTY === true;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    columns: stdout.isTTY ? stdout.columns : undefined,
    color: !env.NO_COLOR && env.TERM !== "dumb",
    ...(stdin.isTTY ? {} : { input: stdin }),
    ...(isAsked ? { ask: (question) => answer(question, signal) } : {}),
    ...(signal ? { signal } : {}),
  };
}
