import { unavailable } from "./unavailable.js";

/**
 * An answer that is waited for so long and no longer.
 * @throws ExperimentError `store_unavailable` at ["store"] where it does not come
 */
export async function inTime<T>(answer: Promise<T>, timeout: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable(`nothing within ${timeout} ms`)), timeout);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
