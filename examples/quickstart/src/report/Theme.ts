/**
 * The page's colours and measures: light, dark, phone and paper. No font and no file is fetched.
 */

const light = `
--paper:#f4f6f2;--card:#ffffff;--ink:#17211c;--quiet:#5a6860;--rule:#dde4de;--track:#eef2ee;--closed:#e3e6e3;
--green:#15795a;--green-soft:#6db79a;--blue:#2f6fb3;--amber:#d59220;--red:#bf4b3b;--red-soft:#de9a8c;
--violet:#7a5ea8;--grey:#a3aea8;--on:#ffffff`

const dark = `
--paper:#0e1411;--card:#161e1a;--ink:#e9f0eb;--quiet:#9cada4;--rule:#2a352f;--track:#202a25;--closed:#2c3330;
--green:#48bd93;--green-soft:#9fdcc7;--blue:#71aee8;--amber:#e7b551;--red:#ea8273;--red-soft:#f4bdb4;
--violet:#b8a2e2;--grey:#75827b;--on:#0e1411`

const tones = ["green", "green-soft", "blue", "amber", "red", "red-soft", "violet", "grey", "ink"]

export const css = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
main,.top,.foot{max-width:1120px;margin:0 auto;padding:0 24px}
.top{padding-top:44px;padding-bottom:8px}
.mark{display:flex;align-items:center;gap:10px;color:var(--green);font-weight:700;letter-spacing:.04em;font-size:13px}
.mark svg{width:26px;height:20px}
h1{font-size:clamp(28px,4.4vw,42px);line-height:1.12;margin:10px 0 4px;letter-spacing:-.015em}
h1 [lang=en]{display:block;font-size:.5em;font-weight:400;color:var(--quiet);letter-spacing:0;margin-top:6px}
.top p{color:var(--quiet);margin:10px 0 0;max-width:68ch}
.grid{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px;margin-top:20px}
.grid:has(details[open]){align-items:start}
.card{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--rule);border-radius:14px;padding:24px;min-width:0}
.wide{grid-column:1/-1}
h2{font-size:18px;line-height:1.3;margin:0;letter-spacing:-.005em}
h2 [lang=en]{display:block;font-weight:400;font-size:14px;color:var(--quiet)}
.lead{margin:8px 0 0;font-size:14.5px}
.lead [lang=en],.both [lang=en]{display:block;color:var(--quiet);font-size:13px}
figure{margin:18px 0 16px}
.card>details{margin-top:auto}
.drawing{display:block;max-width:100%;height:auto;overflow:visible}
.drawing.small{display:none}
svg text{fill:var(--ink);font-family:inherit}
svg .strong{font-weight:650}
svg .quiet{fill:var(--quiet)}
svg .on{fill:var(--on);font-weight:600}
svg .on-soft{fill:#17211c;font-weight:600}
svg .halo{paint-order:stroke;stroke:var(--card);stroke-width:14px}
svg .track{fill:var(--track)}
svg .closed{fill:var(--closed)}
svg .rule{stroke:var(--rule)}
svg .bracket{stroke:var(--quiet);stroke-width:1}
${tones.map((tone) => `svg .fill-${tone}{fill:var(--${tone})}.key-${tone}{background:var(--${tone})}`).join("\n")}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:14px 0 0;padding:0;font-size:13px;line-height:1.35}
.legend li{display:flex;gap:7px;align-items:baseline}
.legend i{flex:none;width:11px;height:11px;border-radius:3px;transform:translateY(1px)}
.legend [lang=en]{color:var(--quiet)}
.ends{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:14px;margin:22px 0 0;padding:0;list-style:none}
.ends li{border-top:4px solid var(--tone);padding-top:10px}
.ends b{display:block;font-size:clamp(26px,3.6vw,38px);line-height:1.1;letter-spacing:-.02em;font-weight:680}
.ends span{display:block;font-weight:600;font-size:15px}
.ends [lang=en]{font-weight:400;color:var(--quiet);font-size:13px}
.ends small{display:block;color:var(--quiet);font-size:13px;margin-top:2px}
details{border-top:1px solid var(--rule);padding-top:10px;font-size:13.5px}
summary{cursor:pointer;color:var(--quiet);width:max-content;max-width:100%;border-radius:4px}
summary:focus-visible{outline:2px solid var(--blue);outline-offset:3px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;margin-top:10px}
caption{text-align:left;color:var(--quiet);padding-bottom:6px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;line-height:1.35;border-bottom:1px solid var(--rule)}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--quiet);font-weight:500}
tbody th{font-weight:500}
tfoot th,tfoot td{font-weight:650;border-bottom:0}
.n{text-align:right}
td.n{white-space:nowrap}
thead th.n{min-width:3.4em}
tbody th{min-width:7em}
td [lang=en],th [lang=en]{display:block;color:var(--quiet);font-weight:400;font-size:.94em}
code{font:12px/1.4 ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;color:var(--quiet)}
.sums caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.sums td,.sums th{padding-top:10px;padding-bottom:10px}
.ok{color:var(--green);font-weight:650;white-space:nowrap}
.bad{color:var(--red);font-weight:700;white-space:nowrap}
.note{margin-bottom:14px}
.none{color:var(--quiet);margin:18px 0 0}
.foot{color:var(--quiet);font-size:13px;padding-top:28px;padding-bottom:56px}
.foot p{margin:0 0 8px;max-width:80ch}
@media (max-width:860px){.grid{grid-template-columns:minmax(0,1fr)}}
@media (max-width:560px){
main,.top,.foot{padding-left:14px;padding-right:14px}
.top{padding-top:28px}
.card{padding:18px 16px;border-radius:12px}
.drawing.large{display:none}.drawing.small{display:block;width:100%}
.ends{grid-template-columns:repeat(2,minmax(0,1fr))}
.sums thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.sums tbody tr{display:grid;grid-template-columns:1fr auto;border-bottom:1px solid var(--rule);padding:8px 0}
.sums tbody th,.sums tbody td{border:0;padding:3px 0}
}
@media print{
:root{color-scheme:light;${light};--paper:#fff}
@page{margin:12mm}
body{font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
main,.top,.foot{max-width:none;padding-left:0;padding-right:0}
.top{padding-top:0}
h1{font-size:24pt}
h2{font-size:13pt}
.lead{font-size:9.5pt}
h2 [lang=en],.lead [lang=en],.both [lang=en]{font-size:8.5pt}
.grid{display:block}
.card{display:block;break-inside:auto;margin-bottom:10px;padding:14px 16px;border-color:#ccc}
figure,tr,.ends,.keep{break-inside:avoid}
tfoot{display:table-row-group}
details::details-content{display:block;content-visibility:visible;block-size:auto}
summary{display:none}
.scroll{overflow:visible}
table{font-size:7.5pt;margin-top:0}
caption{display:none}
th,td{padding:2.5px 8px 2.5px 0}
td [lang=en],th [lang=en]{display:inline}
.sums{font-size:8.5pt}
.sums td,.sums th{padding-top:5px;padding-bottom:5px}
}
`
