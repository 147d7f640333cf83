// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const billingRoutes = {
  mine: 'GET /billing/mine',
  myInvoices: 'GET /billing/mine/invoices',
  myEntries: 'GET /billing/mine/entries',
  payMine: 'POST /billing/mine/payments',
  ofCustomer: 'GET /customers/{customerId}/billing',
  invoicesOf: 'GET /customers/{customerId}/billing/invoices',
  entriesOf: 'GET /customers/{customerId}/billing/entries',
  issue: 'POST /customers/{customerId}/billing/invoices',
  correct: 'POST /billing/entries/{entryId}/correct',
  invoice: 'GET /billing/invoices/{invoiceId}',
  document: 'GET /billing/invoices/{invoiceId}/document',
} as const;
