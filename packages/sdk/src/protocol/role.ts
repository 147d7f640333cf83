import * as z from 'zod/mini';

/**
 * What a person may do. `agent`: the responder; `dealer`: the dealing floor; `field-caller`: calls out through fictitious
 * numbers; `buyer`: a customer with a portal of their devices (D1); `technician`: works on tickets and installations.
 */
export const Role = z.enum(['agent', 'supervisor', 'manager', 'dealer', 'buyer', 'technician', 'field-caller']);
export type Role = z.infer<typeof Role>;
