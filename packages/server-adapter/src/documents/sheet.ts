import PDFDocument from 'pdfkit';
import type { PrintableDocument } from './blocks.ts';
import { documentWords } from './document-words.ts';
import { fontFile } from './font-file.ts';
import { type Direction, layOut, type TextLine } from './line-layout.ts';

export const INK = '#1b1f24';
export const FAINT = '#5b6470';
const RULE = '#c4cad1';
const SHADE = '#f0f2f4';

/** Points of an A4 page. */
const PAGE = { width: 595.28, height: 841.89 } as const;
const MARGIN = { side: 56, top: 56, bottom: 72 } as const;
const LINE_HEIGHT = 1.6;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
  /** Without it, that of the document. */
  readonly direction?: Direction;
  /** @default 'start' */
  readonly align?: 'start' | 'end' | 'center';
}

/** Where something stands on the page: from its left edge, whatever the direction. */
export interface Column {
  readonly x: number;
  readonly width: number;
}

/**
 * Paper with a place to go on writing. Everything is said from the start side: in a Persian document that is the right one,
 * and this class alone knows it.
 */
export class Sheet {
  readonly direction: Direction;
  readonly body: Column = { x: MARGIN.side, width: PAGE.width - 2 * MARGIN.side };
  y: number = MARGIN.top;
  readonly #document: PrintableDocument;
  readonly #pdf: PDFKit.PDFDocument;
  readonly #parts: Buffer[] = [];
  readonly #whole: Promise<void>;

  constructor(document: PrintableDocument) {
    this.#document = document;
    this.direction = document.locale === 'fa' ? 'rtl' : 'ltr';
    this.#pdf = new PDFDocument({
      size: [PAGE.width, PAGE.height],
      margin: 0,
      pdfVersion: '1.7',
      lang: document.locale,
      displayTitle: true,
      bufferPages: true,
      // None of the standard ones: they have no Persian, and are not embedded.
      font: '',
      info: {
        Title: document.title,
        ...(document.issuer === undefined ? {} : { Author: document.issuer }),
        Creator: 'Callweave',
        Producer: 'Callweave',
        CreationDate: document.issuedAt,
        ModDate: document.issuedAt,
      },
    });
    this.#pdf.registerFont('regular', fontFile('Regular')).registerFont('bold', fontFile('Bold'));
    this.#whole = new Promise((resolve, reject) => {
      this.#pdf.on('data', (part: Buffer) => this.#parts.push(part));
      this.#pdf.on('end', () => resolve());
      this.#pdf.on('error', reject);
    });
  }

  /** What is left of the page. */
  get room(): number {
    return PAGE.height - MARGIN.bottom - this.y;
  }

  /** The most that one page can hold. */
  get fullRoom(): number {
    return PAGE.height - MARGIN.bottom - MARGIN.top;
  }

  /** Begins another page when less than this is left; says whether it did. */
  need(height: number): boolean {
    if (height <= this.room || this.y === MARGIN.top) return false;
    this.nextPage();
    return true;
  }

  nextPage(): void {
    this.#pdf.addPage();
    this.y = MARGIN.top;
  }

  /** A part of the width, measured from the start side. */
  column(from: number, width: number, within: Column = this.body): Column {
    return { x: this.direction === 'rtl' ? within.x + within.width - from - width : within.x + from, width };
  }

  lines(text: string, width: number, style: TextStyle): TextLine[] {
    this.#choose(style);
    const widths = new Map<string, number>();
    const measure = (part: string) => {
      let known = widths.get(part);
      if (known === undefined) {
        known = this.#pdf.widthOfString(part);
        widths.set(part, known);
      }
      return known;
    };
    return layOut(text, style.direction ?? this.direction, width, measure);
  }

  static lineHeight({ size }: TextStyle): number {
    return size * LINE_HEIGHT;
  }

  /** Writes lines below each other from `y` on; the place to go on stays where it was. */
  write(lines: readonly TextLine[], { x, width }: Column, y: number, style: TextStyle): void {
    this.#choose(style);
    this.#pdf.fillColor(style.color ?? INK);
    const height = Sheet.lineHeight(style);
    for (const [index, line] of lines.entries()) {
      const left = x + this.#indent(width - line.width, style.align ?? 'start');
      const top = y + index * height + (height - style.size * 1.5) / 2;
      for (const chunk of line.chunks) this.#pdf.text(chunk.text, left + chunk.x, top, { lineBreak: false });
    }
  }

  /** A paragraph in the body: it goes on over the page where it has to. */
  paragraph(text: string, style: TextStyle, column: Column = this.body): void {
    const height = Sheet.lineHeight(style);
    for (const line of this.lines(text, column.width, style)) {
      this.need(height);
      this.write([line], column, this.y, style);
      this.y += height;
    }
  }

  rule(column: Column = this.body, y = this.y, color = RULE): void {
    this.#pdf
      .moveTo(column.x, y)
      .lineTo(column.x + column.width, y)
      .lineWidth(0.7)
      .strokeColor(color)
      .stroke();
  }

  shade({ x, width }: Column, y: number, height: number): void {
    this.#pdf.rect(x, y, width, height).fill(SHADE);
  }

  /** A box with a tick, drawn: no letter of the face is one. */
  tick({ x }: Column, y: number, size: number): void {
    this.#pdf
      .lineWidth(0.9)
      .strokeColor(FAINT)
      .rect(x, y, size, size)
      .stroke()
      .lineWidth(1.4)
      .strokeColor(INK)
      .moveTo(x + size * 0.2, y + size * 0.55)
      .lineTo(x + size * 0.42, y + size * 0.78)
      .lineTo(x + size * 0.82, y + size * 0.22)
      .stroke();
  }

  link({ x, width }: Column, y: number, height: number, url: string): void {
    this.#pdf.link(x, y, width, height, url);
  }

  /** Numbers the pages and gives the bytes. */
  async end(): Promise<Uint8Array<ArrayBuffer>> {
    const { start, count } = this.#pdf.bufferedPageRange();
    const words = documentWords(this.#document.locale);
    const style: TextStyle = { size: 8, color: FAINT };
    const y = PAGE.height - MARGIN.bottom + 24;
    for (let page = 0; page < count; page += 1) {
      this.#pdf.switchToPage(start + page);
      this.rule(this.body, y - 8);
      const half = this.body.width / 2;
      const { reference = this.#document.title } = this.#document;
      this.write(this.lines(reference, half, style).slice(0, 1), this.column(0, half), y, style);
      const number = this.lines(words.page(page + 1, count), half, style);
      this.write(number, this.column(half, half), y, { ...style, align: 'end' });
    }
    this.#pdf.end();
    await this.#whole;
    return new Uint8Array(Buffer.concat(this.#parts));
  }

  #choose({ size, bold }: TextStyle): void {
    this.#pdf.font(bold ? 'bold' : 'regular', size);
  }

  /** Start and end are those of the document, also for a text that reads the other way. */
  #indent(spare: number, align: 'start' | 'end' | 'center'): number {
    if (align === 'center') return spare / 2;
    return (align === 'start') === (this.direction === 'ltr') ? 0 : spare;
  }
}
