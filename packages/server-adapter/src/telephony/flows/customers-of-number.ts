import type { DirectoryCustomer } from '../../customers/index.ts';
import type { CallSession } from './call-session.ts';

/** Everyone whom the number at the other end names; prompts are in their language where they have one. */
export async function customersWithNumber(session: CallSession): Promise<readonly DirectoryCustomer[]> {
  const { customerNumber, services } = session;
  if (customerNumber === '') return [];
  try {
    const customers = await services.directory.findByNumber(customerNumber);
    const [locale, ...others] = new Set(customers.map((customer) => customer.locale));
    if (locale !== undefined && others.length === 0) session.language = locale;
    return customers;
  } catch (error) {
    // A caller nobody could look up is still a caller: the group takes the call.
    services.logger.error(`The customer base could not be asked for call ${session.id}.`, error);
    return [];
  }
}
