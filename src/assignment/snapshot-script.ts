import { hydrate } from "./hydrate.js";
import type { Snapshot } from "./snapshot.js";

/** Characters that could end a script element or a comment, or a line of JavaScript, inside of JSON. */
const unsafe = /[<>&\u2028\u2029]/g;

/**
 * A snapshot as text that may stand inside a `<script>` element, whatever a payload holds: JSON, and JavaScript as well.
 * @param snapshot  what `assigner.snapshot` gave
 * @returns JSON whose `<`, `>` and `&` are escaped, for `<script type="application/json" id="essai">…</script>`; the page
 *   reads it with `hydrate(JSON.parse(document.getElementById("essai").textContent))`
 * @throws ExperimentError as `hydrate` for what is not a snapshot
 */
export function snapshotScript(snapshot: Snapshot): string {
  hydrate(snapshot);
  return JSON.stringify(snapshot).replace(
    unsafe,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
