import type { OrderTerms } from '../order-terms.ts';

const requests = (count: number) => (count === 1 ? '1 request' : `${count} requests`);

export const orders: OrderTerms = {
  side: { buy: 'Buy', sell: 'Sell' },
  section: { securities: 'Securities', commodity: 'Commodity' },
  instrumentKind: { share: 'Share', right: 'Subscription right', bond: 'Participation bond', commodity: 'Commodity' },
  state: {
    draft: 'Draft', 'read-back': 'Read back', submitted: 'Submitted', announced: 'At the dealing floor', accepted: 'Accepted', 'partly-filled': 'Partly filled',
    filled: 'Filled', rejected: 'Rejected', returned: 'Returned', cancelled: 'Withdrawn', replaced: 'Replaced', expired: 'Expired',
  },
  validity: { day: 'Day', gtc: 'Until cancelled', until: 'Until date', 'fill-and-kill': 'Fill and kill' },
  market: 'Market',
  rial: 'rial',
  orderNumber: (number) => `No. ${number}`,
  instructionKind: { new: 'New request', change: 'Change', withdraw: 'Withdrawal' },
  columns: { number: 'No.', side: 'Side', symbol: 'Symbol', quantity: 'Quantity', price: 'Price', validity: 'Validity', state: 'State', filled: 'Filled', customer: 'Customer', age: 'Waiting', time: 'Time', actions: 'Actions', select: 'Select' },
  form: {
    newTitle: 'New request', editTitle: 'Edit request', changeTitle: (number) => `Change of request ${number}`,
    side: 'Side', symbol: 'Symbol', symbolHint: 'Symbol, name or code', noMatch: 'Nothing in the catalogue matches. Check the spelling, or the section of the customer.', searching: 'Searching…',
    quantity: 'Quantity', price: 'Price per unit (rial)', priceKind: 'Kind of price', limit: 'Limit', validity: 'Validity', until: 'Valid until',
    save: 'Note the request', saving: 'Saving…',
    problem: { required: 'Fill this in.', 'whole-number': 'Write a whole number of at least 1.', 'too-large': 'This number is too large.', 'past-day': 'This day has passed.', lot: (lot) => `Must be a multiple of ${lot}.` },
    total: (rial) => `Value ${rial} rial`,
  },
  sheet: {
    title: 'Request sheet',
    noCall: 'The requests of a caller appear here. Answer a call, or wait for the badge at the top of the page.',
    noCustomer: 'First say who is calling: choose the customer in the verification.',
    caller: 'Caller', numbers: 'Declared numbers', username: 'Username', contract: 'Contract of', noContract: 'No contract signed: requests cannot be submitted.',
    requests: 'Requests of this call', earlier: 'Earlier open requests', noEarlier: 'No earlier request is open.',
    empty: 'No request yet. Add what the customer asks for; one call can carry several.',
    add: 'Add request', edit: 'Edit', discard: 'Drop', discardAsk: 'Drop it?', change: 'Change…', withdraw: 'Withdraw…',
    keyboardHint: 'Space ticks a row, Enter or double click opens it.',
    readBack: (count) => `Read back ${requests(count)}`, readAgain: 'Read back again', readBackTitle: 'Read this to the customer',
    readBackHint: 'Read each sentence aloud and wait for the yes: this moment of the recording is the instruction.',
    submit: (count) => `Submit ${requests(count)}`, submitting: 'Submitting…', submitted: (count) => `${requests(count)} submitted to the dealing floor.`,
    needsVerification: 'Verify the caller before reading back.', needsRecording: 'The call is not being recorded: nothing can be submitted.',
    needsLiveCall: 'The call has ended: what was not submitted needs a new call.', needsPinChange: 'The customer must change the initial PIN first.',
    needsReadBack: 'Tick requests and read them back; then they can be submitted.', customerSays: 'The customer agrees:',
  },
  list: {
    title: 'Orders', empty: 'No order to show. Orders taken by telephone appear here as soon as they are submitted.', filter: 'Show', all: 'All', open: 'Open', final: 'Done', search: 'Search symbol, customer or number',
    details: 'Details', instructions: 'Instructions', listen: 'Listen', reason: 'Reason', fills: 'Fills', replaces: (number) => `Replaces ${number}`,
    prove: 'Verify the evidence', proven: 'Proven: chain, call, verification, read-back and recording agree.', broken: (where) => `Not proven. First break: ${where}`,
  },
  floor: {
    title: 'Dealing floor', empty: 'No order is waiting. Orders taken by telephone arrive here by themselves.', waiting: (count) => (count === 1 ? '1 order' : `${count} orders`),
    claim: 'Claim', release: 'Give back', accept: 'Accept', fill: 'Fill…', reject: 'Reject…', return: 'Return…',
    fillQuantity: 'Quantity filled', fillPrice: 'Price (rial)', fillAll: 'All that is open', reason: 'Reason', confirm: 'Confirm',
    claimedBy: (name) => `Claimed by ${name}`, open: (quantity) => `${quantity} open`, announceNew: (symbol) => `New order: ${symbol}`,
  },
  player: {
    title: 'Recording', play: 'Play', pause: 'Pause', seek: 'Position', speed: 'Speed', back: 'Back 5 seconds', forward: 'On 5 seconds', markers: 'Instructions in this recording', noMarkers: 'No instruction was read back in this call.',
    gap: (reason) => `Not recorded: ${reason}`, notReady: 'The recording is being stored. It can be heard in a few seconds.', failed: 'The recording cannot be played.', listeningIsLogged: 'Each listening is logged.',
  },
};
