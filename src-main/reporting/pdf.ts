import pdfmake from 'pdfmake';
import type { Content, TableCell } from 'pdfmake';
import { LIGHT } from './charts/plot.ts';
import { moment } from './figures.ts';
import { createPrintable, FONT, FONT_FILES, STAND_IN } from './pdf-font.ts';
import type { Block, Column, Fact, Figure, Report, Section, Table } from './report.ts';

type Definition = Parameters<typeof pdfmake.createPdf>[0];

/** In points: A4 less its margins. */
const MARGIN = { side: 44, top: 48, bottom: 52 };
const TEXT_WIDTH = 595.28 - 2 * MARGIN.side;
/** From an svg's units, which are as wide as the HTML shows them. */
const FIGURE_SCALE = TEXT_WIDTH / 640;
/** A longer table may go over several pages; its head is repeated there. */
const ROWS_KEPT_TOGETHER = 24;
/** Of a table, from which its letters are smaller. */
const MANY_COLUMNS = 5;
const HAIRLINE = LIGHT.hairline;
const SOFT = LIGHT.soft;
const SMALL = { fontSize: 7.8, color: SOFT };
type Margins = [left: number, top: number, right: number, bottom: number];
const MARGIN_AFTER_TITLE: Margins = [0, 0, 0, 2];
const MARGIN_BEFORE_NOTE: Margins = [0, 3, 0, 0];
const MARGIN_AFTER_NOTE: Margins = [0, 0, 0, 4];

/**
 * A report as PDF, A4: text as text, figures as vectors, page numbers, contents, bookmarks and metadata. The same report
 * gives the same bytes.
 */
export async function toPdf(report: Report): Promise<Uint8Array> {
  pdfmake.setFonts({ [FONT]: FONT_FILES });
  // Nothing is fetched, and nothing read but the font.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => Object.values(FONT_FILES).includes(path));
  const bytes = await pdfmake.createPdf(definitionOf(report)).getBuffer();
  return new Uint8Array(bytes);
}

function definitionOf(report: Report): Definition {
  const printable = createPrintable();
  const write = writerOf(printable.text);
  const sections = report.sections.map((section, i) => write.section(section, i));
  const title = printable.text(report.title);
  const front = write.definitions(report.front);
  const missing = printable.missing();
  const at = new Date(report.createdAt);
  return {
    pageSize: 'A4',
    pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
    version: '1.7',
    language: 'en',
    displayTitle: true,
    info: {
      title: report.title,
      subject: report.subtitle,
      ...(report.author === '' ? {} : { author: report.author }),
      creator: report.producer,
      producer: report.producer,
      creationDate: at,
      modDate: at,
    },
    defaultStyle: { font: FONT, fontSize: 9, lineHeight: 1.15, color: LIGHT.ink },
    footer: (page, pages) => ({
      margin: [MARGIN.side, 16, MARGIN.side, 0],
      fontSize: 7.5,
      color: SOFT,
      columns: [
        { text: `${title} · ${report.producer}, ${moment(report.createdAt)}`, width: '*' },
        { text: `${page} of ${pages}`, width: 'auto' },
      ],
    }),
    // A heading is never the last thing on a page.
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      node.headlineLevel !== undefined && getFollowingNodesOnPage().length === 0,
    content: [
      { text: title, fontSize: 22, bold: true, margin: [0, 0, 0, 2] },
      { text: printable.text(report.subtitle), fontSize: 11, color: SOFT, margin: [0, 0, 0, 12] },
      front,
      ...(missing === 0
        ? []
        : [
            {
              text: `${missing} characters of names are not in the font of this file and stand as ${STAND_IN}; the HTML report shows them.`,
              ...SMALL,
              margin: MARGIN_BEFORE_NOTE,
            },
          ]),
      {
        toc: {
          title: { text: 'Contents', fontSize: 14, bold: true, margin: [0, 18, 0, 6] },
          numberStyle: { color: SOFT },
        },
      },
      ...sections,
    ],
  };
}

function writerOf(text: (words: string) => string) {
  const paragraph = (words: string, more: object = {}): Content => ({
    text: text(words),
    margin: [0, 3, 0, 3],
    ...more,
  });

  const definitions = (facts: readonly Fact[]): Content => ({
    margin: [0, 4, 0, 6],
    layout: 'noBorders',
    table: {
      widths: [110, '*'],
      dontBreakRows: true,
      body:
        facts.length === 0
          ? [['', '']]
          : facts.map(({ term, value }): TableCell[] => [
              { text: text(broken(term)), color: SOFT },
              { text: text(broken(value)) },
            ]),
    },
  });

  const table = ({ title, columns, rows, note }: Table): Content => {
    const head = columns.map((column): TableCell => ({
      text: text(column.title),
      color: SOFT,
      alignment: alignmentOf(column),
    }));
    const body = rows.map((row) =>
      row.map((words, i): TableCell => ({
        text: text(columns[i].align === 'end' ? unbroken(words) : broken(words)),
        alignment: alignmentOf(columns[i]),
      })),
    );
    const caption = text(title);
    const together = rows.length <= ROWS_KEPT_TOGETHER;
    // The title of a table that goes over several pages is repeated on each of them.
    const titled: TableCell[][] = together
      ? []
      : [
          [
            { text: caption, bold: true, fontSize: 9, colSpan: columns.length },
            ...columns.slice(1).map(() => ({ text: '' })),
          ],
        ];
    const after = note === undefined ? [] : [{ text: text(note), ...SMALL, margin: MARGIN_BEFORE_NOTE }];
    return {
      unbreakable: together,
      margin: [0, 8, 0, 6],
      stack: [
        ...(together ? [{ text: caption, bold: true, margin: MARGIN_AFTER_TITLE }] : []),
        {
          fontSize: columns.length > MANY_COLUMNS ? 7.2 : SMALL.fontSize,
          layout: TABLE_LAYOUT,
          table: {
            headerRows: titled.length + 1,
            keepWithHeaderRows: 1,
            dontBreakRows: true,
            widths: columns.map((column) => (column.wide === true ? '*' : 'auto')),
            body: [...titled, head, ...body],
          },
        },
        ...after,
      ],
    };
  };

  const figure = ({ title, svg, width, note }: Figure): Content => ({
    unbreakable: true,
    margin: [0, 8, 0, 8],
    stack: [
      { text: text(title), bold: true, margin: [0, 0, 0, 1] },
      ...(note === undefined ? [] : [{ text: text(note), ...SMALL, margin: MARGIN_AFTER_NOTE }]),
      { svg: text(svg), width: width * FIGURE_SCALE },
    ],
  });

  const block = (one: Block): Content => {
    switch (one.type) {
      case 'paragraph':
        if (one.tone === 'verdict') return paragraph(one.text, { fontSize: 11.5, bold: true, margin: [0, 2, 0, 6] });
        if (one.tone === 'caution') return caution(text(one.text));
        return paragraph(one.text);
      case 'list':
        return { ul: one.items.map((item) => ({ text: text(item), margin: [0, 1, 0, 1] })), margin: [0, 3, 0, 5] };
      case 'definitions':
        return definitions(one.facts);
      case 'table':
        return table(one);
      case 'figure':
        return figure(one);
      case 'command':
        return caution(one.lines.map(text).join('\n'), HAIRLINE);
    }
  };

  const section = ({ id, title, blocks, parts = [] }: Section, place: number): Content => ({
    stack: [
      {
        text: `${place + 1} ${text(title)}`,
        fontSize: 15,
        bold: true,
        margin: [0, 18, 0, 4],
        headlineLevel: 1,
        tocItem: true,
        id,
        outline: true,
        outlineText: `${place + 1} ${title}`,
        outlineExpanded: false,
      },
      ...blocks.map(block),
      ...parts.map((part): Content => ({
        stack: [
          {
            text: text(part.title),
            fontSize: 11.5,
            bold: true,
            margin: [0, 10, 0, 3],
            headlineLevel: 2,
            id: part.id,
            outline: true,
            outlineText: part.title,
            outlineParentId: id,
          },
          ...part.blocks.map(block),
        ],
      })),
    ],
  });

  return { section, definitions };
}

const alignmentOf = ({ align }: Column) => (align === 'end' ? 'right' : 'left');

/** A figure and its interval stay on one line. */
const unbroken = (words: string) => words.replaceAll(' ', '\u00a0');

/** Long names without a space, as of files and hashes, may break where a part of them ends. */
const broken = (words: string) =>
  words.replace(/\S{24,}/g, (long) => long.replace(/([_./\\-])(?=\S)|(\S{32})(?=\S)/g, '$1$2\u200b'));

/** Set off from the text by a bar at its left. */
const caution = (words: string, colour = '#c99700'): Content => ({
  margin: [0, 4, 0, 6],
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (i) => (i === 0 ? 2.5 : 0),
    vLineColor: () => colour,
    paddingLeft: () => 8,
    paddingTop: () => 2,
    paddingBottom: () => 2,
  },
  table: { widths: ['*'], body: [[{ text: words }]] },
});

const TABLE_LAYOUT = {
  hLineWidth: (i: number) => (i === 0 ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: () => HAIRLINE,
  paddingLeft: (i: number) => (i === 0 ? 0 : 6),
  paddingRight: () => 6,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};
