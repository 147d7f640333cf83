// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const billingOverridesRoutes = {
  list: 'GET /billing/overrides',
  request: 'POST /billing/overrides',
  grant: 'POST /billing/overrides/{overrideId}/grant',
  decline: 'POST /billing/overrides/{overrideId}/decline',
  end: 'POST /billing/overrides/{overrideId}/end',
} as const;
