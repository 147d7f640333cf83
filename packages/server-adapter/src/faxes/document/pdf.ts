import type { TiffPage } from './tiff.ts';

/**
 * The pages of a fax as PDF 1.4, each strip embedded as it is: PDF has had the fax codes from the beginning
 * (CCITTFaxDecode), so nothing is decoded and nothing is lost. The pages have the size of the paper.
 */
export function writePdf(pages: readonly TiffPage[], created: Date): Uint8Array {
  const parts: Uint8Array[] = [];
  const offsets: number[] = [];
  let size = 0;
  const write = (bytes: string | Uint8Array) => {
    const part = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
    parts.push(part);
    size += part.length;
  };
  const object = (number: number, dictionary: string, stream?: Uint8Array) => {
    offsets[number] = size;
    write(`${number} 0 obj\n${dictionary}\n`);
    if (stream !== undefined) {
      write('stream\n');
      write(stream);
      write('\nendstream\n');
    }
    write('endobj\n');
  };

  // The second line tells programs that look that this is no text.
  write('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n');
  let next = 4;
  const pageNumbers: number[] = [];
  for (const page of pages) {
    const [pageNumber, contentNumber] = [next, next + 1];
    next += 2;
    pageNumbers.push(pageNumber);
    const width = points(page.width, page.xDpi);
    const height = points(page.height, page.yDpi);
    const names: string[] = [];
    const drawing: string[] = [];
    let top = 0;
    for (const [index, strip] of page.strips.entries()) {
      object(next, imageDictionary(page, strip.height, strip.bytes.length), strip.bytes);
      names.push(`/S${index} ${next} 0 R`);
      next += 1;
      top += strip.height;
      const bottom = height - points(top, page.yDpi);
      drawing.push(`q ${width} 0 0 ${points(strip.height, page.yDpi)} 0 ${bottom.toFixed(3)} cm /S${index} Do Q`);
    }
    const content = Buffer.from(drawing.join('\n'), 'latin1');
    object(contentNumber, `<< /Length ${content.length} >>`, content);
    object(
      pageNumber,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${contentNumber} 0 R /Resources << /XObject << ${names.join(' ')} >> >> >>`,
    );
  }
  object(1, '<< /Type /Catalog /Pages 2 0 R >>');
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${pageNumbers.map((n) => `${n} 0 R`).join(' ')}] >>`);
  object(
    3,
    `<< /Producer (Callweave) /CreationDate (D:${created.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z) >>`,
  );

  const xref = size;
  write(`xref\n0 ${next}\n0000000000 65535 f \n`);
  for (let number = 1; number < next; number += 1)
    write(`${String(offsets[number] ?? 0).padStart(10, '0')} 00000 n \n`);
  write(`trailer\n<< /Size ${next} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
  return Buffer.concat(parts);
}

const points = (dots: number, dpi: number) => Math.round((dots / dpi) * 72_000) / 1000;

function imageDictionary(page: TiffPage, height: number, length: number): string {
  const image = `/Type /XObject /Subtype /Image /Width ${page.width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 1`;
  if (page.encoding === 'none') return `<< ${image} /Decode [${page.inverted ? '0 1' : '1 0'}] /Length ${length} >>`;
  const parameters = {
    RLE: '/K 0 /EncodedByteAlign true /EndOfBlock false',
    T4: `/K ${page.twoDimensional ? 4 : 0} /EndOfLine true /EndOfBlock false /DamagedRowsBeforeError ${height}`,
    T6: '/K -1 /EndOfBlock true',
  }[page.encoding];
  // Without BlackIs1 the codes' black comes out as 0, which is black; a page that says otherwise is turned round.
  return `<< ${image} /Decode [${page.inverted ? '1 0' : '0 1'}] /Filter /CCITTFaxDecode /DecodeParms << ${parameters} /Columns ${page.width} /Rows ${height} >> /Length ${length} >>`;
}
