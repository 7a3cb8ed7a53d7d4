import { ExperimentError, nearName, unknown_name } from "../../errors/index.js";
import { randomSource } from "../../random/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { type CalibrationWorld, calibrationWorldShape } from "./calibration-world.js";
import { type JudgedFigure, judgeFigure } from "./judge-figure.js";
import { mergeTallies, type Tally } from "./tally.js";
import { calibrationWorlds } from "./worlds/index.js";

/** Experiments a chunk: small enough to spread over processes, large enough not to notice. */
const CHUNK = 5_000;
const REPLICATIONS = 100_000;

/** A part of a world's experiments, with chance of its own: where it runs and in which order changes nothing. */
export interface CalibrationChunk {
  readonly world: string;
  readonly index: number;
  readonly replications: number;
}

/** A world with its figures as measured. */
export interface CalibratedWorld {
  readonly world: CalibrationWorld;
  readonly figures: readonly JudgedFigure[];
}

/** How worlds are cut into chunks. */
interface ChunkOptions {
  readonly worlds?: readonly CalibrationWorld[];
  readonly replications?: number;
}

/** How worlds are calibrated. */
interface CalibrationOptions extends ChunkOptions {
  readonly seed: string | number;
}

const chunkFields = {
  worlds: { kind: "list", of: calibrationWorldShape, optional: true },
  replications: { kind: "number", atLeast: 1, whole: true, optional: true },
} as const satisfies FieldsFor<ChunkOptions>;

const calibrationFields = {
  ...chunkFields,
  seed: { kind: "either", of: [{ kind: "text", empty: true }, { kind: "number" }] },
} as const satisfies FieldsFor<CalibrationOptions>;

/**
 * Cuts a calibration run into chunks.
 * @param options  worlds, default all; replications a simulated world, default the world's own (100,000)
 * @returns the chunks, world by world
 * @throws ExperimentError `out_of_range` at ["replications"]; `unknown_key`, `missing_value` or `wrong_type` at any option
 */
export function calibrationChunks(options: ChunkOptions = {}): CalibrationChunk[] {
  checkFields(options, chunkFields);
  return chunksOf(options);
}

function chunksOf({ worlds = calibrationWorlds, replications }: ChunkOptions): CalibrationChunk[] {
  return worlds.flatMap((world) => {
    const own = world.replications ?? REPLICATIONS;
    if (own === 0) return [{ world: world.key, index: 0, replications: 0 }];
    const total = replications ?? own;
    return Array.from({ length: Math.ceil(total / CHUNK) }, (_, index) => ({
      world: world.key,
      index,
      replications: Math.min(CHUNK, total - index * CHUNK),
    }));
  });
}

/**
 * Simulates one chunk.
 * @param seed    of the whole run
 * @param chunk   from {@link calibrationChunks}
 * @param worlds  the worlds it was cut from; default all
 * @returns one tally a figure of the chunk's world
 * @throws ExperimentError `unknown_name` at ["world"]
 */
export function runCalibrationChunk(
  seed: string | number,
  chunk: CalibrationChunk,
  worlds: readonly CalibrationWorld[] = calibrationWorlds,
): readonly Tally[] {
  const world = worlds.find(({ key }) => key === chunk.world);
  if (world === undefined) {
    const keys = worlds.map(({ key }) => key);
    throw new ExperimentError({ unknown_name }, ["world"], chunk.world, nearName(chunk.world, keys));
  }
  return world.simulate(randomSource(`${seed}/${chunk.world}/${chunk.index}`), chunk.replications);
}

/**
 * Puts the chunks of a run together and holds every figure against its bar.
 * @param parts   chunks with their tallies, in any order
 * @param worlds  the worlds they were cut from; default all
 * @returns every world that occurs, in the order of the table
 */
export function gatherCalibration(
  parts: readonly { readonly chunk: CalibrationChunk; readonly tallies: readonly Tally[] }[],
  worlds: readonly CalibrationWorld[] = calibrationWorlds,
): CalibratedWorld[] {
  const sorted = [...parts].sort((a, b) => a.chunk.index - b.chunk.index);
  return worlds.flatMap((world) => {
    const own = sorted.filter(({ chunk }) => chunk.world === world.key).map(({ tallies }) => tallies);
    if (own.length === 0) return [];
    const merged = own.reduce((all, next) => all.map((tally, i) => mergeTallies(tally, next[i] as Tally)));
    return [{ world, figures: world.figures.map((figure, i) => judgeFigure(figure, merged[i] as Tally)) }];
  });
}

/**
 * Simulates worlds of known truth and measures the library's own methods in them, in this process.
 * @param options  seed; worlds, default all; replications a world, default its own (100,000)
 * @returns every world with its figures, Monte-Carlo errors and bars
 * @throws ExperimentError `out_of_range` at ["replications"]; `unknown_key`, `missing_value` or `wrong_type` at any option
 */
export function calibrate(options: CalibrationOptions): CalibratedWorld[] {
  checkFields(options, calibrationFields);
  return gatherCalibration(
    chunksOf(options).map((chunk) => ({
      chunk,
      tallies: runCalibrationChunk(options.seed, chunk, options.worlds),
    })),
    options.worlds,
  );
}
