export {
  createOneTimeCodes,
  type OneTimeCodes,
  type OneTimeCodesParts,
  type RedeemedCode,
} from './one-time-codes.ts';
