import { errorOf } from "../../errors/index.js";
import type {
  BudgetValues,
  FoundSegment,
  PolicyValues,
  RefusedAttribute,
  SegmentDiscovery,
  TreatmentSegments,
} from "../../segments/index.js";
import { checkFields, type FieldsFor, shapeProblems } from "../../shapes/index.js";
import { languageFields } from "../formats/asked-view.js";
import type { LanguageOptions } from "../formats/language-options.js";
import type { Section } from "../sections/section.js";
import { sectionsMarkdown } from "../sections/sections-markdown.js";
import { sectionsText } from "../sections/sections-text.js";
import { voiceIn } from "../words/index.js";
import type { Voice } from "../words/language.js";
import { budgetSections } from "./budget-sections.js";
import { toldCondition } from "./told-condition.js";
import { valuesSection } from "./values-section.js";
import type { Whom } from "./whom.js";
import { budgetShape, segmentsShape, valuesShape } from "./whom-shape.js";

/** How found segments are told. */
export interface SegmentsTextOptions extends LanguageOptions {
  /** Of `policyValues`, on the same units: what policies are worth, told beside the segments. */
  readonly values?: PolicyValues;
  /** Of `budgetValues`, on the same units: what budgets bring, told beside the segments. */
  readonly budget?: BudgetValues;
  /** Columns of the terminal; default 100. Text only. */
  readonly width?: number;
  /** Terminal colours; default none. Text only. */
  readonly color?: boolean;
}

const fields = {
  ...languageFields,
  values: { kind: "anything", optional: true },
  budget: { kind: "anything", optional: true },
  width: { kind: "number", whole: true, atLeast: 40, optional: true },
  color: { kind: "flag", optional: true },
} as const satisfies FieldsFor<SegmentsTextOptions>;

const actions = {
  only: "segments_only",
  except: "segments_except",
  everyone: "segments_all",
  nobody: "segments_nobody",
} as const satisfies Readonly<Record<FoundSegment["action"], string>>;

const reasons = {
  constant: "segments_constant",
  identifier: "segments_identifier",
  mixed: "segments_mixed",
  tells_variant: "segments_tells_variant",
  moved_by_variant: "segments_moved",
  tells_outcome: "segments_outcome",
} as const satisfies Readonly<Record<RefusedAttribute["reason"], string>>;

function treatmentSection(found: TreatmentSegments, discovery: SegmentDiscovery, voice: Voice): Section {
  const { control, treatment, everyone, nobody, pValue, segments } = found;
  const amount = ({ value, interval }: FoundSegment["gain"]) => voice.difference(value, "amount", interval);
  const range = ({ interval }: FoundSegment["gain"]) => voice.differenceInterval(interval, "amount");
  const p = voice.p(pValue);
  const verdict =
    segments.length > 0
      ? [
          voice.say("segments_differ", { p, splits: discovery.splits }),
          voice.say("segments_found", { count: segments.length }),
        ]
      : [
          pValue < 1 - discovery.level
            ? voice.say("segments_unstable", { p })
            : voice.say("segments_same", { p }),
        ];
  const head = [
    ...[voice.say("segments_rule"), voice.say("segments_share"), voice.say("segments_inside")],
    ...[voice.say("segments_outside"), voice.say("segments_p"), voice.say("segments_gain")],
  ];
  const rows = segments.map((each) => [
    ...[toldCondition(each.condition, voice), voice.share(each.share)],
    ...[amount(each.inside), amount(each.outside), voice.pValue(each.pValue), amount(each.gain)],
  ]);
  return {
    title: voice.say("segments_contrast", { treatment, control }),
    sentences: [
      voice.say("segments_everyone", {
        ...{ gain: amount(everyone), interval: range(everyone) },
        nobody: voice.level(nobody, "amount"),
      }),
      ...verdict,
    ],
    ...(segments.length > 0 ? { table: { head, align: "lrrrrr", rows } } : {}),
    notes: segments.flatMap((each) => [
      voice.say("segments_action", {
        ...{ who: toldCondition(each.condition, voice), action: voice.say(actions[each.action]) },
        ...{ gain: amount(each.gain), interval: range(each.gain) },
      }),
      voice.say("segments_condition", { json: JSON.stringify(each.condition) }),
    ]),
  };
}

function refusedSection(refused: readonly RefusedAttribute[], voice: Voice): readonly Section[] {
  if (refused.length === 0) return [];
  const rows = refused.map(({ attribute, reason, pValue }) => [
    attribute,
    `${voice.say(reasons[reason])}${pValue === undefined ? "" : ` (${voice.p(pValue)})`}`,
  ]);
  const head = [voice.say("segments_attribute"), voice.say("segments_reason")];
  return [{ title: voice.say("segments_refused"), sentences: [], table: { head, align: "ll", rows } }];
}

const leftOut = {
  missing_outcome: "segments_left_missing",
  several_variants: "segments_left_several",
  other_variant: "segments_left_other",
} as const satisfies Readonly<Record<keyof SegmentDiscovery["excluded"], string>>;

/** What was found, and what is worth beside it, as sections. */
export function whomSections({ segments, values, budget }: Whom, voice: Voice): readonly Section[] {
  const { treatments, refused, excluded, level } = segments;
  const sections = treatments.map((each) => treatmentSection(each, segments, voice));
  const left = (["missing_outcome", "several_variants", "other_variant"] as const).flatMap((reason) =>
    excluded[reason] > 0 ? [voice.say(leftOut[reason], { count: excluded[reason] })] : [],
  );
  const last = sections.at(-1);
  const { currency } = segments;
  // With a budget, its section says so.
  const money = currency
    ? [voice.say("budget_currency", { currency })]
    : treatments.some(({ cost }) => cost !== 0)
      ? [voice.say("budget_no_currency")]
      : [];
  const notes = [
    voice.say("segments_intervals", { level: voice.share(level) }),
    ...(budget ? [] : money),
    ...left,
  ];
  return [
    ...sections.slice(0, -1),
    ...(last ? [{ ...last, notes: [...(last.notes ?? []), ...notes] }] : []),
    ...(values ? [valuesSection(values, voice)] : []),
    ...(budget ? budgetSections(budget, voice) : []),
    ...refusedSection(refused, voice),
  ];
}

/** Refuses what is not of `discoverSegments` and its companions, each part at its path. */
export function requireWhom(
  whom: Readonly<Partial<Record<keyof Whom, unknown>>>,
  at: Readonly<Record<keyof Whom, readonly string[]>>,
): asserts whom is Whom {
  const { segments, values, budget } = whom;
  const wrong = [
    ...shapeProblems(segments, segmentsShape, at.segments),
    ...(values === undefined ? [] : shapeProblems(values, valuesShape, at.values)),
    ...(budget === undefined ? [] : shapeProblems(budget, budgetShape, at.budget)),
  ];
  if (wrong.length > 0) throw errorOf(wrong);
}

function told(
  discovery: SegmentDiscovery,
  options: SegmentsTextOptions,
): readonly [string, readonly Section[]] {
  checkFields(options, fields, ["options"]);
  const { values, budget } = options;
  const whom = { segments: discovery, ...(values ? { values } : {}), ...(budget ? { budget } : {}) };
  requireWhom(whom, {
    segments: ["discovery"],
    values: ["options", "values"],
    budget: ["options", "budget"],
  });
  const voice = voiceIn(options.lang);
  const { units, attributes } = discovery;
  return [voice.say("segments_title", { units, attributes: attributes.length }), whomSections(whom, voice)];
}

/**
 * Found segments as text for a terminal.
 * @param discovery  of `discoverSegments`
 * @param options    language, width, colour
 * @returns text that ends in a line break
 * @throws ExperimentError `unsupported_format`, `missing_value`, `wrong_type` at ["discovery", …]; `unknown_key`, `unknown_name`
 *         … at ["options", …]
 */
export function segmentsToText(discovery: SegmentDiscovery, options: SegmentsTextOptions = {}): string {
  const [title, sections] = told(discovery, options);
  return sectionsText(title, sections, options);
}

/**
 * Found segments as Markdown, for a wiki or a pull request.
 * @param discovery  of `discoverSegments`
 * @param options    language
 * @returns Markdown that ends in a line break; names are escaped
 * @throws ExperimentError as `segmentsToText`
 */
export function segmentsToMarkdown(discovery: SegmentDiscovery, options: SegmentsTextOptions = {}): string {
  const [title, sections] = told(discovery, options);
  return sectionsMarkdown(title, sections);
}
