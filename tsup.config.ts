import { readFileSync, rmSync } from "node:fs";
import type { BuildOptions, Plugin } from "esbuild";
import { defineConfig, type Options } from "tsup";

interface Targets {
  readonly node: string;
  readonly default: string;
}
const { exports, browserslist } = JSON.parse(readFileSync("package.json", "utf8")) as {
  exports: Record<string, string | Targets>;
  browserslist: readonly string[];
};

/** The oldest browsers served, as esbuild names them. */
const browsers = browserslist.map((each) => each.replace(" >= ", ""));

/** Every public entry's bundle for Node, keyed by its path in dist, e.g. `node/stats/index`. */
const entries = Object.values(exports).flatMap((target) =>
  typeof target === "string"
    ? []
    : [
        [
          target.node.replace(/^\.\/dist\/|\.js$/g, ""),
          target.default.replace("./dist/", "src/").replace(/js$/, "ts"),
        ] as const,
      ],
);

/**
 * seedrandom's generator as an ES module. Its file ends in a wrapper that hands the generator to a CommonJS `module`;
 * given one of its own, it needs no bundler's helpers. The notice at the head becomes one that minifiers keep.
 */
const aleaAsModule: Plugin = {
  name: "alea-as-module",
  setup(build) {
    build.onLoad({ filter: /seedrandom[\\/]lib[\\/]alea\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const head = /^(?:\/\/.*\n|\n)+/.exec(text)?.[0] ?? "";
      if (!/Permission is hereby granted/.test(head) || !text.includes("module.exports = impl"))
        throw new Error(`${path} is not the file this build knows`);
      const notice = head
        .trim()
        .split("\n")
        .map((line) => line.replace(/^\/\/ ?/, ""));
      return {
        contents: `/*! From seedrandom (MIT, David Bau):\n${notice.join("\n")}\n*/\nconst module = {};\n${text
          .slice(head.length)
          .replace("module && module.exports", "module")}\nexport default module.exports;`,
      };
    });
  },
};

/** Only the generator is built in: with files of essai's own, a page would have two classes of errors. */
const othersStay: Plugin = {
  name: "others-stay",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      /src[\\/]random[\\/]source\.ts$/.test(importer) ? { path, external: true } : undefined,
    );
  },
};

/** A fifth of the files' size; names stay, and lines are short enough for a stack trace to point at a place. */
function withoutWhitespace(options: BuildOptions) {
  options.minifyWhitespace = true;
  options.lineLimit = 400;
}

const common: Options = {
  format: "esm",
  target: "es2022",
  silent: true,
  // Declarations come from tsc (tsconfig.build.json), several times faster here than tsup's own.
  dts: false,
  esbuildOptions: withoutWhitespace,
};

const withAlea: Options = {
  bundle: true,
  noExternal: ["seedrandom"],
  esbuildPlugins: [aleaAsModule],
  esbuildOptions(options) {
    withoutWhitespace(options);
    options.legalComments = "inline";
    options.logOverride = { "this-is-undefined-in-esm": "silent" };
    options.chunkNames = "node/[name]-[hash]";
    // What pages load is left to their own bundler.
    options.minifySyntax = true;
  },
};

// Each build would empty the folder by itself, and they share one.
rmSync("dist", { recursive: true, force: true });

export default defineConfig([
  // For bundlers and pages, one output per source file: an importer of one function then pays for that function only.
  {
    ...common,
    target: browsers,
    entry: ["src/**/*.ts", "!src/**/*.d.ts", "!src/cli/**", "!src/guess/**", "!src/random/source.ts"],
    bundle: false,
  },
  {
    ...common,
    ...withAlea,
    target: browsers,
    esbuildPlugins: [aleaAsModule, othersStay],
    entry: { "random/source": "src/random/source.ts" },
  },
  // For Node one build of all entries and the command: few files load faster, and shared ones keep `instanceof` true.
  {
    ...common,
    ...withAlea,
    entry: {
      ...Object.fromEntries(entries),
      "cli/main": "src/cli/main.ts",
      // A thread is started from a file.
      "node/segments/node/search-worker": "src/segments/node/search-worker.ts",
    },
    splitting: true,
  },
]);
