import type { OrderTerms } from '../order-terms.ts';

export const orders: OrderTerms = {
  side: { buy: 'Buy', sell: 'Sell' },
  section: { securities: 'Securities', commodity: 'Commodity' },
  instrumentKind: { share: 'Share', right: 'Subscription right', bond: 'Participation bond', commodity: 'Commodity' },
  state: {
    draft: 'Draft',
    'read-back': 'Read back',
    submitted: 'Submitted',
    announced: 'At the dealing floor',
    accepted: 'Accepted',
    'partly-filled': 'Partly filled',
    filled: 'Filled',
    rejected: 'Rejected',
    returned: 'Returned',
    cancelled: 'Withdrawn',
    replaced: 'Replaced',
    expired: 'Expired',
  },
  validity: { day: 'Day', gtc: 'Until cancelled', until: 'Until date', 'fill-and-kill': 'Fill and kill' },
};
