/**
 * How many of the smallest units are one of what people say: the rial has none smaller. A plain value and no schema:
 * widgets take it along, and must not take zod along with it.
 */
export const MINOR_UNITS = { IRR: 1, CZK: 100, EUR: 100 } as const;
