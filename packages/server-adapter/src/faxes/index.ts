export { createFaxes, type Faxes, type FaxOptions } from './create-faxes.ts';
export { FaxDocumentError } from './document/document-error.ts';
export { openLineFax, unfinishedLineFaxes } from './line-faxes.ts';
export {
  examineDocument,
  type FaxDocument,
  type FaxOutcome,
  type FaxShelf,
  keepDocument,
  keepFailure,
} from './store-fax.ts';
