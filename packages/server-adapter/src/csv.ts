/**
 * Comma-separated values by RFC 4180, as spreadsheets write them: quoted fields, doubled quotes, line breaks inside quotes,
 * and the semicolon that they use where the comma is a decimal sign.
 */
export interface CsvRow {
  /** Line in the text on which the row begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

export function parseCsv(text: string): CsvRow[] {
  const source = text.replace(/^\ufeff/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let field = '';
  let quoted = false;
  let line = 1;
  let startedOn = 1;
  const endField = () => {
    fields.push(field.trim());
    field = '';
  };
  const endRow = () => {
    endField();
    // An empty line is no row.
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: startedOn, fields });
    fields = [];
  };
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at] as string;
    if (character === '\n') line += 1;
    if (quoted) {
      if (character !== '"') field += character;
      else if (source[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && field.trim() === '') {
      field = '';
      quoted = true;
    } else if (character === separator) endField();
    else if (character === '\n') {
      endRow();
      startedOn = line;
    } else if (character !== '\r') field += character;
  }
  if (field !== '' || fields.length > 0) endRow();
  return rows;
}

function separatorOf(source: string): string {
  const header = source.slice(0, source.search(/[\r\n]|$/));
  const counts = [',', ';', '\t'].map((candidate) => ({ candidate, count: header.split(candidate).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).candidate;
}

export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((fields) => `${fields.map(writeField).join(',')}\r\n`).join('');
}

function writeField(text: string): string {
  // A spreadsheet would run what begins like this as a formula; a number in E.164 is none.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^\+\d+$/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
