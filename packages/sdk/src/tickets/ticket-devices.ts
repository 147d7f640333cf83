import type { Feature } from '../feature.ts';
import { billingRoutes } from '../http/routes/billing.ts';
import { devicesRoutes } from '../http/routes/devices.ts';
import type { CustomerBalance } from '../protocol/billing.ts';
import type { Device } from '../protocol/device.ts';

/** More devices than these of one customer are found by their number. */
const LIMIT = 500;

/** What tickets can be about, and what is owed for them. Without a customer: of the buyer who asks. */
export interface TicketDevices {
  list(customerId?: string): Promise<readonly Device[]>;
  balance(customerId?: string): Promise<CustomerBalance>;
}

/** The devices that a ticket can be made for: a page of tickets does not carry all that is done with devices and bills. */
export const ticketDevices: Feature<TicketDevices> = {
  name: 'ticket-devices',
  create({ clientFor }) {
    const { devices, billing } = clientFor({ devices: devicesRoutes, billing: billingRoutes });
    return {
      list: async (customerId) =>
        (await (customerId === undefined ? devices.own({ limit: LIMIT }) : devices.list({ customerId, limit: LIMIT })))
          .devices,
      balance: (customerId) => (customerId === undefined ? billing.mine() : billing.ofCustomer({ customerId })),
    };
  },
};
