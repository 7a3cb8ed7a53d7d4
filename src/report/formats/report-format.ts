import type { Whom } from "../segments/whom.js";
import type { ReportView } from "../view/report-view.js";

/** How a report is laid out; a format takes what concerns it. */
export interface LayoutOptions {
  /** Use terminal colours; default false. */
  readonly color?: boolean;
  /** Columns available, at least 80; default 100. */
  readonly width?: number;
  /** Most cells to list; default 12. */
  readonly cells?: number;
  /** Also list every finding as a sentence; default false. */
  readonly findings?: boolean;
  /** Of `discoverSegments` and its companions, on the same units: whom to treat. Text, Markdown and HTML. */
  readonly whom?: Whom;
}

/** A member of the family of report formats: everything the command line and the library need to know of it. */
export interface ReportFormat {
  /** What the command line says of its option. */
  readonly about: string;
  /** `printed` to standard output in place of text, or `written` to a file that the option names. */
  readonly output: "printed" | "written";
  /** Of a file that holds it, with its dot. */
  readonly extension: string;
  /** @returns the report, ending in a line break */
  render(view: ReportView, options?: LayoutOptions): string | Promise<string>;
}
