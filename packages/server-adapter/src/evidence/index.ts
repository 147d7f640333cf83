export { EVIDENCE_USAGE, type EvidenceCliOptions, runEvidenceCommand } from './cli.ts';
export {
  createHeadExporter,
  fileHeadSink,
  type HeadExporter,
  type HeadExporterOptions,
  type HeadSink,
  readHeadFile,
} from './head-export.ts';
export { generateHeadKeys, readHeadKey, type SignedHead, type TrustedHeads } from './heads.ts';
export { linesAbout } from './ledger-lines.ts';
export { createEvidence } from './operations.ts';
export { verifyInstallation } from './verify-installation.ts';
export { type Evidence, verifyOrder } from './verify-order.ts';
