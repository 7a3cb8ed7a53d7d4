import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { goldenFile } from "./golden.js";

describe("a golden file", () => {
  let directory: string;
  const file = () => join(directory, "golden.json");
  const read = (value: unknown) => goldenFile(pathToFileURL(file()), () => value);
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "essai-golden-"));
    vi.stubEnv("CI", "");
    vi.stubEnv("ESSAI_WRITE_GOLDEN", "");
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
    vi.unstubAllEnvs();
  });

  it("that is missing is a failure, and is not written", async () => {
    await expect(read(1)).rejects.toThrow("is missing");
    vi.stubEnv("ESSAI_WRITE_GOLDEN", "1");
    vi.stubEnv("CI", "true");
    await expect(read(1)).rejects.toThrow("is missing");
    expect(existsSync(file())).toBe(false);
  });

  it("is begun when asked for, and then stays as it is", async () => {
    vi.stubEnv("ESSAI_WRITE_GOLDEN", "1");
    expect(await read({ a: 0.1 })).toEqual({ a: 0.1 });
    expect(await read({ a: 0.2 })).toEqual({ a: 0.1 });
  });
});
