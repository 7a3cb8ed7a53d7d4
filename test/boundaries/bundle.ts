import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { top } from "./source-files.js";

/** What a user's bundler makes of a piece of code that imports essai's built output. */
export interface Bundle {
  readonly gzipBytes: number;
  readonly text: string;
  /** Bundled files, relative to the top. */
  readonly inputs: readonly string[];
  /** Imports left unresolved: `node:` modules and packages. */
  readonly externals: readonly string[];
}

/**
 * Bundles code for the browser against `dist`, minified, as a user's build would.
 * @param code    a module that imports `"essai"` or `"essai/…"` and uses what it imports
 * @param target  the language or browsers that it is built for, as esbuild names them
 */
export async function bundle(code: string, target: string | string[] = "es2022"): Promise<Bundle> {
  const externals = new Set<string>();
  const nodeModules: Plugin = {
    name: "keep-node-modules-visible",
    setup(builder) {
      builder.onResolve({ filter: /^node:/ }, ({ path }) => {
        externals.add(path);
        return { path, external: true };
      });
    },
  };
  const result = await build({
    stdin: { contents: code, resolveDir: top, loader: "ts" },
    absWorkingDir: top,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target,
    // The repository's tsconfig maps "essai" to src; a user's does not.
    tsconfigRaw: "{}",
    plugins: [nodeModules],
  });
  const text = result.outputFiles[0]!.text;
  return {
    gzipBytes: gzipSync(text, { level: 9 }).length,
    text,
    inputs: Object.keys(result.metafile.inputs).filter((input) => input !== "<stdin>"),
    externals: [...externals],
  };
}
