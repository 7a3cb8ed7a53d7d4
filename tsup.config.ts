import { defineConfig } from "tsup";

// One output per source file: an importer of one function then pays for that function only.
// Declarations come from tsc (tsconfig.build.json), several times faster here than tsup's own.
export default defineConfig({
  entry: ["src/**/*.ts", "!src/**/*.d.ts"],
  format: "esm",
  target: "es2022",
  bundle: false,
  clean: true,
  silent: true,
  dts: false,
});
