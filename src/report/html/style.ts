/** Variants by hue; their shapes are in the marks, so that colour is never alone. */
const light = `--page:#f6f7f9;--card:#fff;--ink:#16202c;--soft:#566273;--line:#dde2e9;--good:#0b6e4f;--bad:#b3261e;--warn:#8a5300;
--good-wash:#e3f4ec;--bad-wash:#fbe9e7;--warn-wash:#fdf1dc;--plain-wash:#eceff3;
--v0:#5b6675;--v1:#1d5fa6;--v2:#a35f00;--v3:#0b7a75;--v4:#7a3e9d;--v5:#a8366f;--v6:#5f6b00;--v7:#7a4a2b;--v8:#4a4fb8;--vr:#8d97a5;
--h0:#f3d9c4;--h1:#f3f4f6;--h2:#dbe7f4;--h3:#b9d2ec;--h4:#8fb8e0;--h5:#639bd1`;
const dark = `--page:#10151c;--card:#18202a;--ink:#e8edf3;--soft:#a3b0c0;--line:#2c3745;--good:#5fd3a5;--bad:#ff8f85;--warn:#f3be6b;
--good-wash:#12352a;--bad-wash:#431f1d;--warn-wash:#3a2b12;--plain-wash:#242e3a;
--v0:#a9b5c4;--v1:#7fb4f2;--v2:#e5ad52;--v3:#5fc9c0;--v4:#c79bea;--v5:#f08fbf;--v6:#bcc95a;--v7:#cfa384;--v8:#a3a8f5;--vr:#76818f;
--h0:#5a3417;--h1:#232c38;--h2:#1e3a58;--h3:#23598c;--h4:#4f93d6;--h5:#8fc0f2`;
const hues = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "r"]
  .map((each) => `.v${each}{--v:var(--v${each})}`)
  .join("");

/** The page's whole style, the same on every page; light and dark by the reader's preference, print always light. */
export const style = `:root{color-scheme:light dark;${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}.heat .h4,.heat .h5{color:#0c1420}}
${hues}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
main{max-width:1180px;margin:0 auto;padding:28px 20px 64px}
.skip{position:absolute;left:-99em}.skip:focus{left:12px;top:8px;background:var(--card);padding:6px 12px;z-index:2}
:focus-visible{outline:3px solid var(--v1);outline-offset:2px}
.top h1{font-size:1.25rem;line-height:1.25;margin:0}.top p{margin:2px 0 0;color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:24px;margin-top:20px}
h2{font-size:1.25rem;line-height:1.25;margin:0}h2>span:first-child{color:var(--soft);font-weight:400;margin-right:.5em}
h3{font-size:1rem;margin:0 0 4px}h4{font-size:.9375rem;margin:12px 0 4px}.mt{margin-top:32px}
.ans{margin:4px 0 18px;font-size:1.0625rem;max-width:76ch}.soft{color:var(--soft)}
.nm{display:-webkit-box;display:-webkit-inline-box;-webkit-line-clamp:4;-webkit-box-orient:vertical;overflow:hidden;max-width:100%;vertical-align:top}
.who{display:inline-flex;align-items:baseline;max-width:100%;min-width:0}.who .nm{min-width:0}
.verdict{border-left:8px solid var(--soft)}.verdict.good{border-left-color:var(--good)}.verdict.bad{border-left-color:var(--bad)}.verdict.warn{border-left-color:var(--warn)}
.big{font-size:clamp(1.6rem,5vw,2.4rem);line-height:1.15;font-weight:700}
.lead{font-size:1.125rem;margin:8px 0 20px;max-width:72ch}
.vt{border-top:1px solid var(--line)}.vt>div{display:grid;grid-template-columns:minmax(128px,.7fr) 1.1fr 1.2fr 1.2fr;gap:24px;padding:14px 0;border-bottom:1px solid var(--line)}.vt>div>*{min-width:0}
.vt .vh2{padding:8px 0;color:var(--soft);font-size:.8125rem;font-weight:600}.vt em{display:none}
.vt p{margin:0 0 6px}.vt small{font-size:.875rem;white-space:nowrap}.vn>b{font-size:1.125rem;margin-right:8px}.vn .nm{font-weight:700}.vn .tag{margin-top:6px}
.plan{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr));gap:16px 24px;margin-top:18px;font-size:.9375rem;color:var(--soft)}.plan h3{color:var(--ink);font-size:.9375rem}.plan p{margin:0 0 6px}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:16px 4px 0}nav a{color:var(--ink);text-underline-offset:3px;text-decoration-color:var(--soft);display:inline-block;padding:4px 0}
.key{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 12px;font-size:.9375rem}
.row{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,272px),1fr));gap:28px 24px;align-items:start}
figure{margin:0;min-width:0}figcaption b{display:block}figcaption span{display:block;color:var(--soft);font-size:.875rem;line-height:1.35;margin-bottom:8px}
svg{display:block;width:100%;height:auto;font-family:inherit;font-size:13px;fill:var(--ink);overflow:visible}
svg.panel{max-width:400px}svg.bar{width:230px}svg.rb{width:170px}svg.ex{width:120px;display:inline-block;vertical-align:middle;margin-right:8px}svg.k{display:inline-block;width:.85em;height:.85em;margin-right:.4em;vertical-align:-.06em;flex:none}svg.shares{height:22px;border-radius:6px;overflow:hidden}
.grid{stroke:var(--line)}.zero{stroke:var(--soft);stroke-width:1.5}.end{stroke:var(--v);stroke-width:1.5;fill:none}.bar rect.bar,rect.bar{fill:var(--v);fill-opacity:.28}.dot{fill:var(--v);stroke:var(--v);stroke-width:2}.dot.hollow{fill:var(--card)}
.harm{fill:var(--bad);fill-opacity:.12}.margin{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:4 3}.common{stroke:var(--v);stroke-width:1.5;stroke-dasharray:4 3}.rest{stroke:var(--soft);stroke-width:1.5;fill:none;stroke-dasharray:4 3}
.step,.end-bar{fill:var(--v);fill-opacity:.75}.end-bar{fill-opacity:.55}.step.pale{fill-opacity:.3}.whisker{stroke:var(--ink);stroke-width:1.5}.link{stroke:var(--soft)}.fill{fill:var(--v)}.wash{fill:var(--v);fill-opacity:.2}.area{fill:var(--v);stroke:var(--card);stroke-width:1}.curve{stroke:var(--v);stroke-width:2.5;fill:none;stroke-linejoin:round}.border,.bound{stroke:var(--ink);stroke-width:1.5;fill:none}.truth{stroke:var(--ink);stroke-width:2;fill:none;stroke-dasharray:6 5}.thick{stroke:var(--v);stroke-width:3}
svg .soft{fill:var(--soft)}svg .name{font-weight:600}svg text.name,svg text.halo{paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round}
.txt{font-size:.9375rem;color:var(--soft);min-width:0}.txt h4{color:var(--ink);margin-top:0}.txt p{margin:0 0 10px}
.how{font-size:.9375rem;color:var(--soft);margin:12px 0;max-width:92ch}
.tag{display:inline-block;padding:1px 9px;border-radius:99px;font-weight:600;font-size:.8125rem;white-space:nowrap;background:var(--plain-wash);color:var(--soft)}
.tag.good{background:var(--good-wash);color:var(--good)}.tag.bad{background:var(--bad-wash);color:var(--bad)}.tag.warn{background:var(--warn-wash);color:var(--warn)}.tag.plain{color:var(--ink)}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;vertical-align:middle;padding:6px 0 6px 12px;font-weight:400}th:first-child,td:first-child{padding-left:0}
thead th{color:var(--soft);font-size:.8125rem;font-weight:600;vertical-align:bottom;line-height:1.3;border-bottom:1px solid var(--line)}
small{font-size:.8125rem;color:var(--soft);font-weight:400}td small,th small{display:block}.r{text-align:right}
caption{text-align:left;color:var(--soft);font-size:.8125rem;padding-bottom:4px}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.metrics td,.metrics .v{padding:4px 0 4px 10px;vertical-align:top;line-height:1.35}.metrics .r,.metrics .r small,.metrics .v small{white-space:nowrap}.metrics .v{width:150px}.metrics .b,.metrics .bh{padding-left:16px}.metrics .b{width:246px}
.metrics .m{vertical-align:top;width:130px;padding:10px 0 4px;line-height:1.3;font-weight:600}.metrics .m>span+span{display:block;color:var(--soft);font-size:.8125rem;font-weight:400}
.metrics tr.first>*{border-top:1px solid var(--line);padding-top:10px}.metrics .grp th{padding:22px 0 6px}.metrics .grp>th>span{color:var(--soft);font-size:.875rem;margin-left:6px}.metrics .grp b{font-weight:700}
.metrics td b{font-weight:600}.metrics .fx{color:var(--soft);font-size:.8125rem;line-height:1.6}.metrics .tg small{max-width:22ch}
.plain td,.plain th{border-bottom:1px solid var(--line);padding-top:4px;padding-bottom:4px;vertical-align:top}.plain .r{white-space:nowrap}.scroll{overflow-x:auto;margin-top:8px}.scroll .nm{min-width:8ch;max-width:28ch}
.heat{table-layout:fixed;border-collapse:separate;border-spacing:3px;align-self:start;max-width:400px}.heat caption{color:var(--ink);font-weight:600;font-size:1rem}
.heat th{font-size:.8125rem;padding:2px;line-height:1.25;border:0;color:var(--soft);hyphens:auto}.heat thead th{text-align:center}.heat td{text-align:center;padding:7px 1px;height:54px;border-radius:4px;font-weight:600;line-height:1.25;overflow-wrap:normal}.heat thead td{height:auto;width:28%;text-align:left;font-weight:400;font-size:.75rem;line-height:1.2;color:var(--soft);vertical-align:bottom;padding:2px;overflow-wrap:anywhere}
.heat td small{color:inherit;font-size:.75rem}.heat .all{font-weight:400;color:var(--soft)}
.h0{background:var(--h0)}.h1{background:var(--h1)}.h2{background:var(--h2)}.h3{background:var(--h3)}.h4{background:var(--h4)}.h5{background:var(--h5)}
.thin{background:repeating-linear-gradient(45deg,var(--card) 0 4px,var(--line) 4px 6px)}.heat .thin span{background:var(--card);font-size:.75rem;font-weight:400;padding:1px 3px;border-radius:3px;color:var(--soft);display:inline-block}
.panel .range{fill:var(--ink);fill-opacity:.1}.leg{display:flex;flex-wrap:wrap;gap:4px 12px;font-size:.8125rem}.leg i{display:inline-block;width:14px;height:14px;border-radius:3px;vertical-align:-2px;margin-right:5px;border:1px solid var(--line)}
.pick{border:0;padding:0;margin:0 0 12px;flex-wrap:wrap;gap:8px 16px;align-items:center}.pick legend{float:left;padding:0;margin-right:16px;color:var(--soft)}.pick label{padding:6px 0}.ck{padding:4px 0}.hm+.hm{margin-top:20px}.hm[hidden]{display:none}
input{accent-color:var(--v1);margin:0 .4em 0 0;width:1.05em;height:1.05em;vertical-align:-.12em}
.filters{display:none;flex-wrap:wrap;gap:8px 20px;align-items:center;margin:6px 0 10px;font-size:.9375rem}.js .filters{display:flex}.pick{display:none}.js .pick{display:flex}output{color:var(--soft);margin-left:auto}
.rank td,.rank th,.guard td,.guard th{border-bottom:1px solid var(--line)}.rank .nm2,.guard .nm3{font-weight:600}.rank .r,.rank .tg{white-space:nowrap}.rank .em .nm{max-width:18ch;overflow-wrap:break-word}.rank .nm2{min-width:15ch}.guard td,.guard th{vertical-align:top;padding-top:8px;padding-bottom:8px}.guard .nm3{width:26%}.guard .tg{white-space:nowrap}
button{font:inherit;min-height:24px;color:inherit;background:none;border:0;padding:2px 0;text-align:inherit;font-weight:600}.js button{cursor:pointer}#more{margin-top:12px;border:1px solid var(--soft);border-radius:6px;padding:6px 14px;font-weight:400}#more[hidden]{display:none}.js th button::after{content:" ↕";color:var(--soft);font-weight:400}.js th[aria-sort=descending] button::after{content:" ↓";color:var(--ink)}.js th[aria-sort=ascending] button::after{content:" ↑";color:var(--ink)}
details{margin-top:16px}summary{cursor:pointer;color:var(--soft);font-weight:600;padding:4px 0}details p{max-width:80ch;margin:6px 0}ul{padding-left:1.2em;margin:8px 0 0}li{margin:4px 0}
.repro{font-size:.875rem;color:var(--soft);margin:20px 0 0}code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:8px 0 0;font-size:.875rem}.legend li{margin:0;min-width:0}.legend b{font-weight:600;margin-left:.4em;flex:none}
.play{padding:12px 0 14px;border-bottom:1px solid var(--line)}.play:last-of-type{border-bottom:0}.play p{margin:0}.play p span{color:var(--soft)}.play ul:not(.legend){font-size:.875rem}.play .why{color:var(--soft);margin-top:8px;font-size:.9375rem;max-width:78ch}
@media screen and (max-width:1160px){
.metrics,.metrics tbody{display:block}.metrics thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.metrics tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:8px 0}.metrics tr.grp{display:block;padding:0}.metrics tr.first{border-top:1px solid var(--line)}
.metrics tr>*,.metrics tr.first>*{padding:0!important;border:0!important}.metrics .m{flex:0 0 100%;width:auto}.metrics .grp th{display:block;padding:20px 0 6px!important;line-height:1.4}.metrics .m>span+span{display:inline;margin-left:8px}
.metrics .v{flex:1 1 50%;width:auto;min-width:0;font-weight:600}.metrics .v small{display:inline;margin-left:8px}.metrics .tg{flex:none;order:1;max-width:100%}.metrics .b{flex:0 0 100%;width:auto;order:2}
.metrics .l,.metrics .d,.metrics .p,.metrics .fx{order:3;text-align:left;flex:1 1 auto}
.metrics td[data-l]::before{content:attr(data-l);display:block;color:var(--soft);font-size:.75rem}
.metrics svg.bar{width:100%;max-width:320px}.metrics .tg small{max-width:none}}
@media screen and (min-width:860px) and (max-width:1160px){.metrics tr:not(.grp){display:grid;grid-template-columns:minmax(0,1fr) 246px 130px 150px minmax(64px,auto) 150px;gap:0 12px;padding:5px 0;align-items:start}.metrics .m{grid-column:1/-1;margin-bottom:4px}.metrics .v small{display:block;margin:0}.metrics svg.bar{width:230px}.metrics .b,.metrics .l,.metrics .d,.metrics .p,.metrics .fx,.metrics .tg{order:0}.metrics .tg{order:4}.metrics .fx{grid-column:3/6;grid-row:3}.metrics tr:not(.first) .fx{grid-row:2}.metrics .fx::before{display:inline!important;margin-right:6px}}
@media screen and (max-width:820px){.vt .vh2{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.vt>div{grid-template-columns:minmax(0,1fr);gap:10px}.vt em{display:block;font-style:normal;color:var(--soft);font-size:.8125rem;font-weight:600}.vn .tag{margin:0}
.guard,.guard tbody{display:block}.guard thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.guard tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:10px 0;border-bottom:1px solid var(--line)}.guard td,.guard th{border:0;padding:0}.guard .nm3{flex:1 1 50%;width:auto}.guard .tg{flex:none}.guard td:not(.tg){flex:0 0 100%;order:1}output{margin-left:0}}
@media screen and (max-width:960px){.rank,.rank tbody{display:block}.rank thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.rank tr{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:2px 10px;padding:10px 0;border-bottom:1px solid var(--line)}.rank tr[hidden]{display:none}.rank td,.rank th{border:0;padding:0;text-align:left;min-width:0}.rank .nm2{grid-column:1/3;min-width:0}.rank .tg{grid-column:3;grid-row:1;text-align:right;white-space:normal}.rank .em{grid-column:1/2}.rank .bc{grid-column:2/4}.rank .bc svg{width:100%;max-width:200px}.rank td[data-l]::before{content:attr(data-l);display:block;color:var(--soft);font-size:.75rem}.rank .r{white-space:normal}.rank .cs{display:none}
.arms,.arms tbody{display:block}.arms thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.arms tr{display:block;padding:10px 0;border-bottom:1px solid var(--line)}.arms td,.arms th{display:flex;justify-content:space-between;gap:16px;border:0;padding:2px 0;text-align:right}.arms th{justify-content:flex-start;text-align:left;font-weight:600}.arms td::before{content:attr(data-l);color:var(--soft);text-align:left}.arms td:empty{display:none}}
.arms td,.arms th{border-bottom:1px solid var(--line)}.arms td{white-space:nowrap}thead th{overflow-wrap:normal}.arms th[scope=row]{font-weight:600}
@media screen and (max-width:640px){main{padding:16px 10px 40px}section{padding:18px 14px;border-radius:10px}.who{display:inline-flex;align-items:baseline;max-width:100%;min-width:0}.who .nm{min-width:0}
.verdict{border-left-width:6px}.lead{font-size:1.0625rem}.metrics svg.bar{font-size:11px}.rank .nm2{grid-column:1/-1}.rank .em{grid-column:1/-1;grid-row:2}.rank .tg{grid-column:1/-1;grid-row:3;text-align:left}.rank .bc{grid-column:1/-1}}
@media screen and (max-width:360px){section{padding:16px 11px}.heat{border-spacing:2px}.heat th{font-size:.75rem;font-weight:400;letter-spacing:-.01em}.heat td{font-size:.875rem}.heat td small{font-size:.6875rem}}
@media print{:root{color-scheme:light;--page:#fff;--ink:#000;--soft:#444;--line:#ccc;--warn:#7a4a00;--good-wash:#fff;--bad-wash:#fff;--warn-wash:#fff;--plain-wash:#fff}
@page{size:A4 landscape;margin:11mm}html{font-size:13px}body{font-size:1rem}main{padding:0;max-width:none}nav,.skip,.filters,.js .filters,.pick,.js .pick,#more{display:none}.js th button::after{content:""!important}
section{border:0;border-top:1px solid #ccc;border-radius:0;padding:12px 0;margin-top:12px}.verdict{border-top:0;border-left:0;break-after:page}.row{grid-template-columns:repeat(3,minmax(0,1fr))}.ans,.lead{max-width:none}.vt>div{padding:8px 0}
header,h2,h3,h4,.ans,.gh,caption,.key,figcaption{break-after:avoid}.metrics tbody,figure,.heat,tr,.vt>div,.play,.how{break-inside:avoid}.metrics svg.bar{width:205px}
.rank tr[hidden].cut{display:table-row}.hm[hidden]{display:block}details::details-content{content-visibility:visible}summary{list-style:none}.scroll{overflow:visible}
.heat td,.leg i{print-color-adjust:exact;-webkit-print-color-adjust:exact}.tag{border:1px solid #999}}`;

/** @returns how a policy names a text that it allows */
export async function hashOf(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}
