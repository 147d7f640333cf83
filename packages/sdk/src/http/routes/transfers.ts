// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const transfersRoutes = {
  start: 'POST /transfers',
  own: 'GET /own-transfers',
  sendCode: 'POST /transfers/{transferId}/code',
  confirm: 'POST /transfers/{transferId}/confirm',
  withdraw: 'POST /transfers/{transferId}/withdraw',
  list: 'GET /transfers',
  approve: 'POST /transfers/{transferId}/approve',
  reject: 'POST /transfers/{transferId}/reject',
} as const;
