import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { exports } = JSON.parse(readFileSync(at("package.json"), "utf8")) as {
  exports: Record<string, string | { default: string }>;
};

/** Tests import the public entries as users do; here each leads to its source. */
const entries = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === "string"
    ? []
    : [
        {
          find: new RegExp(`^${entry.replace(".", "essai")}$`),
          replacement: at(target.default.replace("./dist/", "./src/").replace(/\.js$/, ".ts")),
        },
      ],
);

export default defineConfig({
  resolve: { alias: entries },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build-once.ts", "test/package/installed/prepare.ts"],
    // Files that run in one process share the modules they import, which halves the time of all of them.
    isolate: false,
    // By default one core is left idle, which takes half as long again on a machine of two.
    maxWorkers: "100%",
    // A snapshot that is missing is a failure: only `-u` writes one.
    update: "none",
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
