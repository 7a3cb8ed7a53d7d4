/** Style of a bandit's section, on the page only where there is one; arms keep their colour in every picture. */
export const banditStyle = `
:root { --arm-1: #1f6fb4; --arm-2: #c8500a; --arm-3: #0b8060; --arm-4: #a8478a; --arm-5: #a87b00; --arm-6: #3b9cc9;
  --arm-7: #6d55b8; --arm-8: #8a5a3c; --arm-rest: #8d97a5; }
@media (prefers-color-scheme: dark) { :root { --arm-1: #5aa9ec; --arm-2: #f08a4b; --arm-3: #3fc59c; --arm-4: #dd86c0;
  --arm-5: #e3bb3f; --arm-6: #8fd3f4; --arm-7: #a996ec; --arm-8: #c99a7b; --arm-rest: #76818f; } }
h4 { margin: 16px 0 4px; font-size: .9375rem; overflow-wrap: anywhere; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 8px 0 0; font-size: .875rem; }
.legend li { display: flex; align-items: center; gap: 7px; margin: 0; min-width: 0; } .legend i { width: 13px; height: 13px; border-radius: 3px; flex: none; }
.swatch { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 8px; }
.play { padding: 12px 0 14px; border-bottom: 1px solid var(--line); } .play:last-of-type { border-bottom: 0; } .play p { margin: 0; overflow-wrap: anywhere; }
.play p span { color: var(--soft); } .play ul:not(.legend) { font-size: .875rem; } .play .why { color: var(--soft); margin-top: 8px; font-size: .9375rem; max-width: 78ch; }
.shares { display: flex; height: 22px; margin: 8px 0 0; border-radius: 6px; overflow: hidden; gap: 2px; } .shares i { display: block; min-width: 1px; }
.legend span { overflow-wrap: anywhere; min-width: 0; } .legend b { font-variant-numeric: tabular-nums; }
header p, .about { overflow-wrap: anywhere; }
`;
