import { expect, it } from 'vitest';
import type { CrmRecord } from '../protocol/crm.ts';
import { createServicePlans } from './service-plans.ts';

const view = { plans: [], perCase: null, payable: true };

function rig() {
  const asked: string[] = [];
  const note =
    <T>(name: string, answer: T) =>
    async (input: unknown): Promise<T> => {
      asked.push(`${name} ${JSON.stringify(input)}`);
      return answer;
    };
  const client = {
    servicePlans: {
      own: note('own', view),
      ofCustomer: note('ofCustomer', view),
      renew: note('renew', {}),
      choosePerCase: note('choosePerCase', {}),
      decline: note('decline', {}),
    },
    crm: { list: note('list', { records: [], crm: 'didar' }), retry: note('retry', {}) },
  };
  return { asked, plans: createServicePlans(client as never) };
}

it('loads my own or those of a customer, and anew when something of theirs has changed', async () => {
  const { asked, plans } = rig();
  const mine = plans.follow();
  const theirs = plans.follow('customer_1');
  await Promise.resolve();
  expect(mine.state.get()).toMatchObject({ status: 'ready' });
  expect(asked).toEqual(['own {}', 'ofCustomer {"customerId":"customer_1"}']);
  plans.handleChange('customer_2');
  expect(asked.slice(2)).toEqual(['own {}']);
  plans.handleChange();
  expect(asked.slice(3)).toEqual(['own {}', 'ofCustomer {"customerId":"customer_1"}']);
  mine.close();
  theirs.close();
  plans.handleChange();
  expect(asked).toHaveLength(5);
});

it('follows what the CRM knows of one customer, and of all', () => {
  const { asked, plans } = rig();
  plans.followCrm('customer_1');
  plans.followCrm();
  plans.handleCrm({ customerId: 'customer_2' } as CrmRecord);
  expect(asked).toEqual(['list {"limit":200,"customerId":"customer_1"}', 'list {"limit":200}', 'list {"limit":200}']);
});

it('declines only as confirmed', async () => {
  const { asked, plans } = rig();
  await plans.decline('device_1', 'Sold');
  expect(asked).toEqual(['decline {"deviceId":"device_1","reason":"Sold","confirmed":true}']);
});
