/** One measured figure, and the bound it has to hold. */
export interface BenchRow {
  /** Table it belongs to, e.g. `"assignment"`. */
  readonly group: string;
  readonly name: string;
  readonly value: number;
  /** e.g. `"calls / CPU-s"`, `"µs"`, `"ms"`, `"×"`, `"B gzip"`. */
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** What a reader must know: the peer and its version, the input, the ratio's denominator. */
  readonly note?: string;
}

/** What a `*.bench.ts` file exports as `bench`. */
export type Bench = () => readonly BenchRow[] | Promise<readonly BenchRow[]>;

export interface Speed {
  /** Median number of operations per CPU-second. */
  readonly perSecond: number;
  /** Median CPU time of one operation, in microseconds. */
  readonly microseconds: number;
}

function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * CPU time of a synchronous operation.
 * @param run   performs the operation `times` times; returns something that depends on all of them, so that
 *              nothing is optimised away
 * @param options.milliseconds  CPU time of one sample, default 100
 * @param options.samples       number of samples, default 9; the median is reported
 * @returns median speed after a warm-up of one sample
 */
export function measure(
  run: (times: number) => unknown,
  { milliseconds = 100, samples = 9 }: { milliseconds?: number; samples?: number } = {},
): Speed {
  let times = 1;
  let spent = 0;
  while (true) {
    const start = cpuMicroseconds();
    sink = run(times);
    spent = cpuMicroseconds() - start;
    if (spent >= milliseconds * 1000) break;
    times = Math.max(
      times + 1,
      Math.ceil((times * milliseconds * 1100) / Math.max(spent, milliseconds * 10)),
    );
  }
  const each: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const start = cpuMicroseconds();
    sink = run(times);
    each.push((cpuMicroseconds() - start) / times);
  }
  const microseconds = median(each);
  return { perSecond: 1e6 / microseconds, microseconds };
}

/**
 * CPU time of an asynchronous operation (threads of native clients included), in milliseconds.
 * @returns the median over `samples` runs after one warm-up, with the median wall time beside it
 */
export async function measureAsync(
  run: () => Promise<unknown>,
  { samples = 5 }: { samples?: number } = {},
): Promise<{ cpuMilliseconds: number; wallMilliseconds: number }> {
  await run();
  const cpu: number[] = [];
  const wall: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const startCpu = cpuMicroseconds();
    const startWall = performance.now();
    sink = await run();
    wall.push(performance.now() - startWall);
    cpu.push((cpuMicroseconds() - startCpu) / 1000);
  }
  return { cpuMilliseconds: median(cpu), wallMilliseconds: median(wall) };
}

/** Keeps results alive so that the optimiser cannot drop the work. */
export let sink: unknown;
