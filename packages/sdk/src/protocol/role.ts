import * as z from 'zod/mini';

/** What a person may do. `agent`: the responder; `dealer`: the dealing floor. */
export const Role = z.enum(['agent', 'supervisor', 'manager', 'dealer', 'customer']);
export type Role = z.infer<typeof Role>;
