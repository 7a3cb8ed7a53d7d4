import { errorOf, requireObject } from "../../errors/index.js";
import type { Programme } from "../../programme/index.js";
import { checkFields, type FieldsFor, shapeProblems } from "../../shapes/index.js";
import { languageFields } from "../formats/asked-view.js";
import type { LanguageOptions } from "../formats/language-options.js";
import type { Section } from "../sections/section.js";
import { sectionsMarkdown } from "../sections/sections-markdown.js";
import { sectionsText } from "../sections/sections-text.js";
import { voiceIn } from "../words/index.js";
import { metricSections } from "./metric-sections.js";

/** What was left out of a programme before it was read, by reason. */
export interface ProgrammeLeftOut {
  /** Comparisons of reports without an estimate. */
  readonly adaptive?: number;
  /** Arms with too few successes or non-successes. */
  readonly thin?: number;
  /** Tests of a single arm. */
  readonly alone?: number;
  /** Rows without an effect or its standard error. */
  readonly rows?: number;
  /** Files that are neither reports nor cells. */
  readonly files?: number;
}

/** How a programme is told. */
export interface ProgrammeTextOptions extends LanguageOptions {
  readonly leftOut?: ProgrammeLeftOut;
  /** Columns of the terminal; default 100. Text only. */
  readonly width?: number;
  /** Terminal colours; default none. Text only. */
  readonly color?: boolean;
}

const count = { kind: "number", atLeast: 0, whole: true, optional: true } as const;
const fields = {
  ...languageFields,
  leftOut: {
    kind: "object",
    has: { adaptive: count, thin: count, alone: count, rows: count, files: count },
    optional: true,
  },
  width: { kind: "number", whole: true, atLeast: 40, optional: true },
  color: { kind: "flag", optional: true },
} as const satisfies FieldsFor<ProgrammeTextOptions>;

const reasons = ["adaptive", "thin", "alone", "rows", "files"] as const;

function told(programme: Programme, options: ProgrammeTextOptions): readonly [string, readonly Section[]] {
  checkFields(options, fields, ["options"]);
  requireObject(programme, ["programme"]);
  const format = { kind: "word", of: ["essai.programme/1"], format: true } as const;
  const problems = shapeProblems(programme.format, format, ["programme", "format"]);
  if (problems.length > 0) throw errorOf(problems);
  const voice = voiceIn(options.lang);
  const { tests, effects, metrics } = programme;
  const left = reasons.flatMap((reason) => {
    const n = options.leftOut?.[reason] ?? 0;
    return n > 0 ? [voice.say(`programme_left_${reason}`, { count: n })] : [];
  });
  const sections = metrics.flatMap((metric) => metricSections(programme, metric, voice));
  const last = sections.at(-1);
  if (left.length === 0 || !last) return [voice.say("programme_title", { tests, effects }), sections];
  const notes = [...(last.notes ?? []), voice.say("programme_left_out", { list: left.join(", ") })];
  return [voice.say("programme_title", { tests, effects }), [...sections.slice(0, -1), { ...last, notes }]];
}

/**
 * A programme as text for a terminal.
 * @param programme  of `analyzeProgramme`
 * @param options    language, what was left out, width, colour
 * @returns text that ends in a line break
 * @throws ExperimentError `unsupported_format`, `missing_value`, `wrong_type` at ["programme", …]; `unknown_key`, `unknown_name`
 *         … at ["options", …]
 */
export function programmeToText(programme: Programme, options: ProgrammeTextOptions = {}): string {
  const [title, sections] = told(programme, options);
  return sectionsText(title, sections, options);
}

/**
 * A programme as Markdown, for a wiki or a pull request.
 * @param programme  of `analyzeProgramme`
 * @param options    language, what was left out
 * @returns Markdown that ends in a line break; names are escaped
 * @throws ExperimentError as `programmeToText`
 */
export function programmeToMarkdown(programme: Programme, options: ProgrammeTextOptions = {}): string {
  const [title, sections] = told(programme, options);
  return sectionsMarkdown(title, sections);
}
