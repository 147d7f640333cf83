export { importInstruments, instrumentsByCode } from './catalogue.ts';
export { parseInstruments } from './instrument-csv.ts';
export { createInstruments } from './operations.ts';
