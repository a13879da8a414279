import { escapeText as escape } from './charts/plot.ts';
import { HTML_STYLE } from './html-style.ts';
import { moment } from './figures.ts';
import type { Block, Column, Fact, Figure, Report, Section, Table } from './report.ts';

/** A report as one HTML file: opens without a network, loads nothing, holds no script. */
export function toHtml({ title, subtitle, front, sections, createdAt, producer, author }: Report): string {
  const entries = sections.map(({ id, title: words }) => `<li><a href="#${id}">${escape(words)}</a></li>`);
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<title>${escape(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="generator" content="${escape(producer)}">`,
    ...(author === '' ? [] : [`<meta name="author" content="${escape(author)}">`]),
    `<style>${HTML_STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escape(title)}</h1>`,
    `<p class="subtitle">${escape(subtitle)}</p>`,
    definitions(front),
    '</header>',
    `<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${entries.join('')}</ol></nav>`,
    '<main>',
    ...sections.map((section, i) => sectionHtml(section, `${i + 1} `, 2)),
    '</main>',
    `<footer>${escape(producer)}, ${escape(moment(createdAt))}</footer>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function sectionHtml({ id, title, blocks, parts = [] }: Section, number: string, level: 2 | 3): string {
  return [
    `<section aria-labelledby="${id}">`,
    `<h${level} id="${id}">${number}${escape(title)}</h${level}>`,
    ...blocks.map(blockHtml),
    ...parts.map((part) => sectionHtml(part, '', 3)),
    '</section>',
  ].join('\n');
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `<p${block.tone === undefined ? '' : ` class="${block.tone}"`}>${escape(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
    case 'definitions':
      return definitions(block.facts);
    case 'table':
      return tableHtml(block);
    case 'figure':
      return figureHtml(block);
    case 'command':
      return `<pre>${block.lines.map(escape).join('\n')}</pre>`;
  }
}

const definitions = (facts: readonly Fact[]) =>
  facts.length === 0
    ? ''
    : `<dl>${facts.map(({ term, value }) => `<dt>${escape(term)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`;

const cell = ({ align }: Column) => (align === 'end' ? ' class="end"' : '');

function tableHtml({ title, columns, rows, note }: Table): string {
  const head = columns.map((column) => `<th scope="col"${cell(column)}>${escape(column.title)}</th>`).join('');
  const body = rows.map(
    (row) =>
      `<tr>${row.map((text, i) => (i === 0 ? `<th scope="row"${cell(columns[i])}>${escape(text)}</th>` : `<td${cell(columns[i])}>${escape(text)}</td>`)).join('')}</tr>`,
  );
  return (
    `<div class="scroll"><table><caption>${escape(title)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>` +
    `${note === undefined ? '' : `<p class="note">${escape(note)}</p>`}</div>`
  );
}

const figureHtml = ({ title, svg, note }: Figure) =>
  `<figure><figcaption>${escape(title)}${note === undefined ? '' : `<br><span>${escape(note)}</span>`}</figcaption>${svg}</figure>`;
