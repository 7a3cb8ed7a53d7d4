/** The page's whole style; light and dark by the reader's preference. */
export const style = `
:root { color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #16202c; --soft: #566273; --line: #dde2e9; --band: #f0f3f7;
  --good: #0b6e4f; --bad: #b3261e; --neutral: #5b6675; --warn: #8a5300;
  --good-wash: #e3f4ec; --bad-wash: #fbe9e7; --neutral-wash: #eceff3; --warn-wash: #fdf1dc; }
@media (prefers-color-scheme: dark) { :root {
  --page: #10151c; --card: #18202a; --ink: #e8edf3; --soft: #a3b0c0; --line: #2c3745; --band: #1f2935;
  --good: #5fd3a5; --bad: #ff8f85; --neutral: #a9b5c4; --warn: #f3be6b;
  --good-wash: #12352a; --bad-wash: #431f1d; --neutral-wash: #242e3a; --warn-wash: #3a2b12; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; padding: 32px 20px 64px; }
header p { margin: 0; color: var(--soft); }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 0 0 4px; }
h3 { font-size: 1rem; margin: 20px 0 8px; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; margin-top: 20px; }
.about { margin: 0 0 14px; color: var(--soft); }
.verdict { border-left: 8px solid var(--tone); background: var(--wash); }
.verdict .action { font-size: clamp(1.7rem, 5vw, 2.5rem); line-height: 1.15; font-weight: 700; color: var(--tone); margin: 0 0 8px; overflow-wrap: anywhere; }
.verdict p { margin: 0; max-width: 68ch; }
.good { --tone: var(--good); --wash: var(--good-wash); } .bad { --tone: var(--bad); --wash: var(--bad-wash); }
.neutral, .none { --tone: var(--neutral); --wash: var(--neutral-wash); } .warn { --tone: var(--warn); --wash: var(--warn-wash); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 12px; margin-top: 18px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px; min-width: 0; }
.card b { display: block; font-size: 1.6rem; line-height: 1.2; color: var(--tone); font-variant-numeric: tabular-nums; }
.card span { display: block; color: var(--soft); font-size: .875rem; overflow-wrap: anywhere; }
.card .name { color: var(--ink); font-weight: 600; font-size: 1rem; }
.scroll { overflow-x: auto; margin: 0 -24px; padding: 0 24px; }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th, td { padding: 8px 12px 8px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; font-size: .8125rem; }
.r { text-align: right; } td.r, th.r { padding-right: 0; padding-left: 12px; } td.w { white-space: nowrap; }
td small { display: block; color: var(--soft); white-space: nowrap; }
td.name { font-weight: 600; overflow-wrap: anywhere; min-width: 7em; }
.tag { display: inline-block; padding: 1px 9px; border-radius: 99px; background: var(--wash); color: var(--tone); font-weight: 600; font-size: .8125rem; white-space: nowrap; }
ul { padding-left: 1.2em; margin: 8px 0 0; } li { margin: 4px 0; overflow-wrap: anywhere; }
figure { margin: 8px 0 0; } figure svg { display: block; width: 100%; height: auto; max-width: 100%; color: var(--ink); background: none; font-family: inherit; }
figure .phone { display: none; }
details { margin-top: 14px; } summary { cursor: pointer; color: var(--soft); font-weight: 600; }
footer { color: var(--soft); font-size: .875rem; margin-top: 24px; }
@media (max-width: 640px) {
  main { padding: 20px 12px 48px; } section { padding: 18px 16px; } .scroll { margin: 0 -16px; padding: 0 16px; }
  figure .desk { display: none; } figure .phone { display: block; }
  table.stack thead { display: none; } table.stack tr { display: block; padding: 10px 0; border-bottom: 1px solid var(--line); }
  table.stack td { display: flex; justify-content: space-between; gap: 16px; border: 0; padding: 3px 0; text-align: right; }
  table.stack td::before { content: attr(data-label); color: var(--soft); text-align: left; }
  table.stack td.name { text-align: left; } table.stack td.name::before { content: none; }
  table.stack td small { white-space: normal; } table.stack td:empty { display: none; }
}
@media print { section { break-inside: avoid; } body { background: none; } }
`;
