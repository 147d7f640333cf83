import type { DocumentBlock, PrintableDocument } from './blocks.ts';
import { documentWords } from './document-words.ts';
import { drawTable } from './draw-table.ts';
import { FAINT, Sheet, type TextStyle } from './sheet.ts';

const TITLE: TextStyle = { size: 19, bold: true };
const HEADING: TextStyle = { size: 12.5, bold: true };
const TEXT: TextStyle = { size: 10 };
const MUTED: TextStyle = { size: 9, color: FAINT };
const CODE: TextStyle = { size: 17, bold: true, direction: 'ltr', align: 'center' };

/** Draws a document; see {@link PrintableDocument}. */
export function renderPdf(document: PrintableDocument): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = new Sheet(document);
  if (document.issuer !== undefined) sheet.paragraph(document.issuer, MUTED);
  sheet.paragraph(document.title, TITLE);
  if (document.subtitle !== undefined) sheet.paragraph(document.subtitle, TEXT);
  sheet.y += 6;
  sheet.rule();
  sheet.y += 12;
  for (const block of document.blocks) drawBlock(sheet, block, document);
  return sheet.end();
}

function drawBlock(sheet: Sheet, block: DocumentBlock, { locale }: PrintableDocument): void {
  switch (block.kind) {
    case 'heading':
      // A heading never stands alone at the foot of a page.
      sheet.need(4 * Sheet.lineHeight(HEADING));
      sheet.y += 4;
      sheet.paragraph(block.text, HEADING);
      sheet.y += 2;
      return;
    case 'paragraph': {
      const style = block.tone === 'muted' ? MUTED : { ...TEXT, bold: block.tone === 'strong' };
      const { direction = sheet.direction } = block;
      sheet.paragraph(block.text, { ...style, direction, align: direction === sheet.direction ? 'start' : 'end' });
      sheet.y += 8;
      return;
    }
    case 'facts':
      return drawFacts(sheet, block.facts);
    case 'list':
      return drawList(sheet, block, (item) => `${documentWords(locale).number(item)}.`);
    case 'table':
      return drawTable(sheet, block);
    case 'totals':
      return drawTotals(sheet, block.lines);
    case 'code':
      return drawCode(sheet, block);
    case 'signatures':
      return drawSignatures(sheet, block.names);
  }
}

type BlockOf<Kind extends DocumentBlock['kind']> = Extract<DocumentBlock, { kind: Kind }>;

function drawFacts(sheet: Sheet, facts: BlockOf<'facts'>['facts']): void {
  const names = sheet.column(0, sheet.body.width * 0.34);
  const values = sheet.column(sheet.body.width * 0.36, sheet.body.width * 0.64);
  for (const { name, value, ltr } of facts) {
    const valueStyle: TextStyle = ltr ? { ...TEXT, direction: 'ltr' } : TEXT;
    const nameStyle = { ...TEXT, color: FAINT };
    const left = sheet.lines(name, names.width, nameStyle);
    const right = sheet.lines(value, values.width, valueStyle);
    const height = Math.max(left.length, right.length) * Sheet.lineHeight(TEXT);
    sheet.need(height);
    sheet.write(left, names, sheet.y, nameStyle);
    sheet.write(right, values, sheet.y, valueStyle);
    sheet.y += height;
  }
  sheet.y += 8;
}

function drawList(sheet: Sheet, { items, mark = 'number' }: BlockOf<'list'>, numbered: (item: number) => string): void {
  const marks = sheet.column(0, 18);
  const texts = sheet.column(24, sheet.body.width - 24);
  const height = Sheet.lineHeight(TEXT);
  for (const [index, item] of items.entries()) {
    const lines = sheet.lines(item, texts.width, TEXT);
    sheet.need(Math.min(lines.length * height, sheet.fullRoom));
    if (mark === 'tick') sheet.tick(sheet.column(0, 9), sheet.y + (height - 9) / 2, 9);
    else sheet.write(sheet.lines(numbered(index + 1), marks.width, TEXT), marks, sheet.y, TEXT);
    for (const line of lines) {
      sheet.need(height);
      sheet.write([line], texts, sheet.y, TEXT);
      sheet.y += height;
    }
    sheet.y += 3;
  }
  sheet.y += 6;
}

function drawTotals(sheet: Sheet, totals: BlockOf<'totals'>['lines']): void {
  const width = sheet.body.width * 0.55;
  const from = sheet.body.width - width;
  const names = sheet.column(from, width * 0.5);
  const values = sheet.column(from + width * 0.5, width * 0.5);
  const placed = totals.map(({ name, value, strong = false }) => {
    const style: TextStyle = { ...TEXT, bold: strong };
    const sums: TextStyle = { ...style, align: 'end' };
    const left = sheet.lines(name, names.width, style);
    const right = sheet.lines(value, values.width, sums);
    const height = Math.max(left.length, right.length) * Sheet.lineHeight(TEXT) + 4;
    return { strong, style, sums, left, right, height };
  });
  sheet.need(placed.reduce((sum, { height }) => sum + height, 0));
  for (const { strong, style, sums, left, right, height } of placed) {
    if (strong) sheet.rule(sheet.column(from, width));
    sheet.write(left, names, sheet.y + 2, style);
    sheet.write(right, values, sheet.y + 2, sums);
    sheet.y += height;
  }
  sheet.y += 10;
}

function drawCode(sheet: Sheet, { label, code, url }: BlockOf<'code'>): void {
  const labelStyle: TextStyle = { ...MUTED, align: 'center' };
  const urlStyle: TextStyle = { ...MUTED, direction: 'ltr', align: 'center' };
  const inner = { x: sheet.body.x + 10, width: sheet.body.width - 20 };
  const labels = sheet.lines(label, inner.width, labelStyle);
  const urls = url === undefined ? [] : sheet.lines(url, inner.width, urlStyle);
  const labelHeight = labels.length * Sheet.lineHeight(labelStyle);
  const urlHeight = urls.length * Sheet.lineHeight(urlStyle);
  const height = labelHeight + Sheet.lineHeight(CODE) + urlHeight + 16;
  sheet.need(height);
  sheet.shade(sheet.body, sheet.y, height);
  let y = sheet.y + 8;
  sheet.write(labels, inner, y, labelStyle);
  y += labelHeight;
  sheet.write(sheet.lines(code, inner.width, CODE), inner, y, CODE);
  y += Sheet.lineHeight(CODE);
  sheet.write(urls, inner, y, urlStyle);
  if (url !== undefined) sheet.link(inner, y, urlHeight, url);
  sheet.y += height + 10;
}

function drawSignatures(sheet: Sheet, names: readonly string[]): void {
  const gap = 24;
  const width = (sheet.body.width - gap * (names.length - 1)) / Math.max(1, names.length);
  const columns = names.map((name, index) => {
    const column = sheet.column(index * (width + gap), width);
    return { column, lines: sheet.lines(name, width, MUTED) };
  });
  const height = Math.max(1, ...columns.map(({ lines }) => lines.length)) * Sheet.lineHeight(MUTED);
  sheet.need(64 + height);
  sheet.y += 56;
  for (const { column, lines } of columns) {
    sheet.rule(column, sheet.y, FAINT);
    sheet.write(lines, column, sheet.y + 4, MUTED);
  }
  sheet.y += 8 + height;
}
