import * as z from 'zod/mini';

/** What a person may do. `agent`: the responder; `dealer`: the dealing floor; `field-caller`: calls out through fictitious numbers. */
export const Role = z.enum(['agent', 'supervisor', 'manager', 'dealer', 'customer', 'field-caller']);
export type Role = z.infer<typeof Role>;
