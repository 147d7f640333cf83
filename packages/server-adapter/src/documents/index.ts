import type { PrintableDocument } from './blocks.ts';

export type {
  CodeBlock,
  DocumentBlock,
  Fact,
  FactsBlock,
  HeadingBlock,
  ListBlock,
  ParagraphBlock,
  PrintableDocument,
  SignaturesBlock,
  TableBlock,
  TableColumn,
  TotalsBlock,
} from './blocks.ts';
export { type DocumentWords, documentWords } from './document-words.ts';
export { pdfResponse } from './pdf-response.ts';

/**
 * The document as a PDF: A4, with its fonts embedded. Equal input gives equal bytes. What draws it is loaded by the first
 * document, so that a server which prints none starts as fast as before.
 */
export async function renderDocument(document: PrintableDocument): Promise<Uint8Array<ArrayBuffer>> {
  const { renderPdf } = await import('./render-pdf.ts');
  return renderPdf(document);
}
