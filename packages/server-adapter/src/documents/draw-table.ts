import type { TableBlock, TableColumn } from './blocks.ts';
import type { TextLine } from './line-layout.ts';
import { type Column, Sheet, type TextStyle } from './sheet.ts';

const CELL: TextStyle = { size: 9 };
const HEAD: TextStyle = { size: 9, bold: true };
const PADDING = { side: 5, block: 3 } as const;

/** A cell's lines and where they stand. */
interface PlacedCell {
  readonly lines: readonly TextLine[];
  readonly column: Column;
  readonly style: TextStyle;
}

export function drawTable(sheet: Sheet, { columns, rows }: TableBlock): void {
  const places = placesOf(sheet, columns);
  const place = (texts: readonly string[], base: TextStyle, heads: boolean) =>
    columns.map((column, index): PlacedCell => {
      const style: TextStyle = {
        ...base,
        align: column.align ?? 'start',
        ...(column.ltr === true && !heads ? { direction: 'ltr' } : {}),
      };
      const place = places[index] ?? sheet.body;
      return { lines: sheet.lines(texts[index] ?? '', place.width, style), column: place, style };
    });
  const heads = place(
    columns.map(({ title }) => title),
    HEAD,
    true,
  );
  const headHeight = heightOf(heads);
  const drawHeads = () => {
    sheet.shade(sheet.body, sheet.y, headHeight);
    drawRow(sheet, heads, headHeight);
  };

  const laidOut = rows.map((row) => place(row, CELL, false));
  // Heads never stand alone at the foot of a page.
  sheet.need(headHeight + heightOf(laidOut[0] ?? []));
  drawHeads();
  for (const cells of laidOut) {
    for (const part of parts(cells, sheet.fullRoom - headHeight)) {
      const height = heightOf(part);
      if (sheet.need(height)) drawHeads();
      drawRow(sheet, part, height);
    }
  }
  sheet.y += 10;
}

function placesOf(sheet: Sheet, columns: readonly TableColumn[]): Column[] {
  const shares = columns.map(({ share = 1 }) => share);
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let from = 0;
  return shares.map((share) => {
    const width = (sheet.body.width * share) / whole;
    const { x } = sheet.column(from, width);
    from += width;
    return { x: x + PADDING.side, width: width - 2 * PADDING.side };
  });
}

function heightOf(cells: readonly PlacedCell[]): number {
  const heights = cells.map(({ lines, style }) => lines.length * Sheet.lineHeight(style));
  return Math.max(Sheet.lineHeight(CELL), ...heights) + 2 * PADDING.block;
}

/** A row that is longer than a page is cut between its lines. */
function parts(cells: readonly PlacedCell[], room: number): PlacedCell[][] {
  const fit = Math.max(1, Math.floor((room - 2 * PADDING.block) / Sheet.lineHeight(CELL)));
  const longest = Math.max(1, ...cells.map(({ lines }) => lines.length));
  return Array.from({ length: Math.ceil(longest / fit) }, (_, part) =>
    cells.map((cell) => ({ ...cell, lines: cell.lines.slice(part * fit, (part + 1) * fit) })),
  );
}

function drawRow(sheet: Sheet, cells: readonly PlacedCell[], height: number): void {
  for (const { lines, column, style } of cells) sheet.write(lines, column, sheet.y + PADDING.block, style);
  sheet.y += height;
  sheet.rule();
}
