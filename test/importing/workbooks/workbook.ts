import { zipOf, type PackedFile } from '../containers/zip.ts';

/** A cell's XML without its reference: what a program writes between `<c r="A1"` and `</c>`; null: no cell. */
export type WrittenCell = string | null;

export interface WrittenSheet {
  name: string;
  /** By row number from 1; rows that are left out don't exist. */
  rows: Record<number, WrittenCell[]>;
  merged?: string[];
  hidden?: boolean;
}

/** Cells as Excel writes them. */
export const shared = (index: number): WrittenCell => ` t="s"><v>${index}</v>`;
export const inline = (text: string): WrittenCell => ` t="inlineStr"><is><t xml:space="preserve">${text}</t></is>`;
export const number = (value: string | number, style = 0): WrittenCell => ` s="${style}"><v>${value}</v>`;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

/** A workbook; `formats` are the number formats of the styles 1, 2, … by code, or by number where they are built in. */
export function workbookOf(
  sheets: readonly WrittenSheet[],
  { strings = [] as string[], formats = [] as (string | number)[], is1904 = false, prefix = '' } = {},
): Buffer {
  const tag = prefix === '' ? '' : `${prefix}:`;
  const space = prefix === '' ? `xmlns="${MAIN}"` : `xmlns:${prefix}="${MAIN}"`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const relations = (inner: string) => `${XML}<Relationships xmlns="${PACKAGE}">${inner}</Relationships>`;
  const files: PackedFile[] = [
    { name: '[Content_Types].xml', content: `${XML}<Types/>` },
    { name: '_rels/.rels', content: relations(relation('r1', 'officeDocument', 'xl/workbook.xml')) },
    {
      name: 'xl/workbook.xml',
      content: `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${sheets
        .map(
          ({ name, hidden }, i) =>
            `<sheet name="${name}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="s${i}"/>`,
        )
        .join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations(
        sheets.map((_, i) => relation(`s${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)).join('') +
          relation('st', 'styles', '/xl/styles.xml') +
          relation('ss', 'sharedStrings', 'sharedStrings.xml'),
      ),
    },
    { name: 'xl/sharedStrings.xml', content: `${XML}<sst xmlns="${MAIN}">${strings.join('')}</sst>` },
    {
      name: 'xl/styles.xml',
      content:
        `${XML}<styleSheet xmlns="${MAIN}"><numFmts>` +
        formats
          .map((code, i) =>
            typeof code === 'number'
              ? ''
              : `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
          )
          .join('') +
        `</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` +
        formats.map((code, i) => `<xf numFmtId="${typeof code === 'number' ? code : 164 + i}"/>`).join('') +
        `</cellXfs></styleSheet>`,
    },
    ...sheets.map(({ rows, merged = [] }, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      content:
        `${XML}<${tag}worksheet ${space}><${tag}sheetData>` +
        Object.entries(rows)
          .map(([row, cells]) => {
            const written = cells.map((cell, column) => {
              if (cell === null) return '';
              const inner = tag === '' ? cell : cell.replaceAll(/<(\/?)/g, `<$1${tag}`);
              return `<${tag}c r="${letters(column)}${row}"${inner}</${tag}c>`;
            });
            return `<${tag}row r="${row}">${written.join('')}</${tag}row>`;
          })
          .join('') +
        `</${tag}sheetData>` +
        (merged.length === 0
          ? ''
          : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`) +
        `</${tag}worksheet>`,
    })),
  ];
  return zipOf(files);
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}
