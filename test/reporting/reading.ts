import { getDocumentProxy } from 'unpdf';
import type { Report } from '../../src-main/reporting/report.ts';

/** A PDF as a reader has it. Spaces of any kind are one space, since lines break where they fit. */
export async function readPdf(bytes: Uint8Array) {
  const document = await getDocumentProxy(new Uint8Array(bytes));
  const pages: string[] = [];
  for (let page = 1; page <= document.numPages; page++) {
    const { items } = await (await document.getPage(page)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? ' ' : ''}` : '')).join(''));
  }
  const outline = (await document.getOutline()) as { title: string; items: { title: string }[] }[];
  return {
    pages: pages.map(plain),
    text: plain(pages.join(' ')),
    outline,
    info: (await document.getMetadata()).info as Record<string, unknown>,
  };
}

/** Without the marks that only say where a line may break. */
export const plain = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, ' ').trim();

/** For comparing what two outputs say, however their lines break. */
export const pressed = (text: string) => text.replaceAll('\u200b', '').replace(/\s+/g, '');

export const unescaped = (html: string) =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Every text of a report's tables. */
export const cellsOf = (report: Report): string[] =>
  report.sections
    .flatMap(({ blocks, parts = [] }) => [...blocks, ...parts.flatMap((part) => part.blocks)])
    .flatMap((block) => (block.type === 'table' ? block.rows.flat() : []));
