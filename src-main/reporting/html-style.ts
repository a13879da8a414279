import { LIGHT, type Paint } from './charts/plot.ts';

const DARK: Record<Paint, string> = {
  lstm: '#7faae6',
  'cnn-lstm': '#dc8bbd',
  lightgbm: '#bab679',
  logistic: '#98a2a6',
  ensemble: '#e6eaeb',
  ink: '#e6eaeb',
  soft: '#b4bdc0',
  hairline: '#3a4347',
  event: '#e2587c',
  other: '#727d81',
};

const paints = (colours: Record<Paint, string>) =>
  Object.entries(colours)
    .map(([name, colour]) => `--p-${name}:${colour}`)
    .join(';');
const classes = Object.keys(LIGHT)
  .map((name) => `.s-${name}{stroke:var(--p-${name})}.f-${name}{fill:var(--p-${name})}`)
  .join('');

const light = `color-scheme:light;--paper:#fff;--sunken:#eef0f1;--line:#dadee0;--ink:#1a2022;--soft:#4a5357;--accent:#0b6468;--caution:#855600;--caution-soft:#fbf2df;${paints(LIGHT)}`;
const dark = `color-scheme:dark;--paper:#1a1f21;--sunken:#0d1011;--line:#3a4347;--ink:#e6eaeb;--soft:#b4bdc0;--accent:#7fcccb;--caution:#e5b557;--caution-soft:#352912;${paints(DARK)}`;

/**
 * All that a report is styled with. The text is always the same, so that the app's content policy can allow it by its
 * hash, and nothing else.
 */
export const HTML_STYLE = `
:root{${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme]){${dark}}}
:root[data-theme=dark]{${dark}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 system-ui,'Segoe UI','Helvetica Neue',Cantarell,'Noto Sans','DejaVu Sans',sans-serif}
main,.contents,header{max-width:780px;margin:0 auto;padding:0 24px}
header{padding-top:32px}
main{padding-bottom:64px}
h1{margin:0;font-size:28px;line-height:1.2}
h2{margin:40px 0 12px;padding-top:12px;border-top:1px solid var(--line);font-size:20px}
h3{margin:28px 0 8px;font-size:15px}
p{margin:8px 0;max-width:72ch}
ul{margin:8px 0;padding-left:20px;max-width:72ch}
li{margin:4px 0}
a{color:var(--accent)}
.subtitle{margin:4px 0 16px;color:var(--soft)}
.verdict{font-size:17px;font-weight:600;line-height:1.4}
.caution{padding:8px 12px;border-left:3px solid var(--caution);background:var(--caution-soft)}
.contents{margin-top:24px}
.contents h2{margin-top:0}
.contents ol{margin:0;padding-left:20px;columns:2}
.contents li{margin:0;padding:2px 0}
dl{display:grid;grid-template-columns:minmax(96px,max-content) minmax(0,1fr);gap:4px 16px;margin:12px 0}
dt{max-width:220px;color:var(--soft);overflow-wrap:anywhere}
dd{margin:0;overflow-wrap:anywhere}
.scroll{margin:16px 0;overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:12.5px;font-variant-numeric:tabular-nums}
caption{padding-bottom:6px;font-size:13px;font-weight:600;text-align:start}
th,td{padding:3px 10px 3px 0;border-bottom:1px solid var(--line);font-weight:400;text-align:start;vertical-align:top}
thead th{color:var(--soft);vertical-align:bottom}
.end{padding:3px 0 3px 10px;text-align:end;white-space:nowrap}
thead .end{white-space:normal}
.note,figcaption span{color:var(--soft);font-size:12px}
.note{margin:6px 0 0}
figure{margin:20px 0;break-inside:avoid}
figcaption{margin-bottom:4px;font-size:13px;font-weight:600}
figure svg{display:block;width:100%;max-width:640px;height:auto}
svg text{font-family:system-ui,'Segoe UI','Helvetica Neue',Cantarell,'Noto Sans','DejaVu Sans',sans-serif}
pre{margin:8px 0;padding:8px 12px;background:var(--sunken);font:12px/1.5 ui-monospace,'Cascadia Mono','SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace;white-space:pre-wrap;overflow-wrap:anywhere}
footer{max-width:780px;margin:0 auto;padding:0 24px 48px;color:var(--soft);font-size:12px}
${classes}
@page{size:A4;margin:18mm 16mm}
@media print{:root,:root:not([data-theme]),:root[data-theme=dark]{${light}}body{font-size:10pt}main,.contents,header,footer{max-width:none;padding-left:0;padding-right:0}h2,h3,caption{break-after:avoid}tr,figure,.verdict,pre{break-inside:avoid}thead{display:table-header-group}.scroll{overflow:visible}a{color:inherit;text-decoration:none}}
`;
