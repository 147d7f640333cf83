// Generated from the contract by scripts/generate-routes.ts: do not edit.
export const ROUTES = {
  session: {
    signIn: 'POST /session',
    get: 'GET /session',
    signOut: 'DELETE /session',
    phoneCredentials: 'GET /session/phone',
  },
  accounts: {
    list: 'GET /accounts',
    create: 'POST /accounts',
    update: 'PATCH /accounts/{accountId}',
    setOwn: 'PATCH /session/profile',
  },
  customers: {
    find: 'GET /customers',
    get: 'GET /customers/{customerId}',
    create: 'POST /customers',
    update: 'PATCH /customers/{customerId}',
    setQuestions: 'PUT /customers/{customerId}/questions',
    resetPin: 'POST /customers/{customerId}/pin',
    unlock: 'POST /customers/{customerId}/unlock',
  },
  calls: {
    list: 'GET /calls',
    get: 'GET /calls/{callId}',
    chooseCustomer: 'POST /calls/{callId}/customer',
    decline: 'POST /calls/{callId}/decline',
    hold: 'POST /calls/{callId}/hold',
    hangup: 'POST /calls/{callId}/hangup',
    resume: 'POST /calls/{callId}/resume',
    wrapUp: 'POST /calls/{callId}/wrap-up',
  },
  verification: {
    start: 'POST /calls/{callId}/verification',
    answer: 'POST /calls/{callId}/verification/answers',
    collectPin: 'POST /calls/{callId}/verification/pin',
    changePin: 'POST /calls/{callId}/verification/pin-change',
  },
  instruments: {
    find: 'GET /instruments',
    import: 'POST /instruments/import',
  },
  orders: {
    list: 'GET /orders',
    get: 'GET /orders/{orderId}',
    draft: 'POST /orders',
    edit: 'PATCH /orders/{orderId}',
    discard: 'DELETE /orders/{orderId}/draft',
    draftChange: 'POST /orders/{orderId}/change',
    draftWithdrawal: 'POST /orders/{orderId}/withdraw',
    readBack: 'POST /calls/{callId}/read-back',
    submit: 'POST /calls/{callId}/submit',
  },
  dealing: {
    queue: 'GET /dealing/queue',
    claim: 'POST /orders/{orderId}/claim',
    release: 'POST /orders/{orderId}/release',
    accept: 'POST /orders/{orderId}/accept',
    fill: 'POST /orders/{orderId}/fill',
    reject: 'POST /orders/{orderId}/reject',
    return: 'POST /orders/{orderId}/return',
  },
  recordings: {
    get: 'GET /recordings/{recordingId}',
    audio: 'GET /recordings/{recordingId}/audio',
  },
  evidence: {
    verifyOrder: 'GET /orders/{orderId}/evidence',
    audit: 'GET /audit',
  },
  events: {
    follow: 'GET /events',
  },
  health: {
    get: 'GET /health',
  },
} as const;
