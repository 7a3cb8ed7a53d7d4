/** One figure of one world. */
interface SegmentRow {
  readonly world: string;
  readonly figure: string;
  readonly share: number;
  readonly runs: number;
  readonly held: boolean;
}

export function segmentTable(
  asked: { readonly seed: string; readonly replications?: number; readonly words?: readonly string[] },
  essai: object,
): readonly SegmentRow[];
