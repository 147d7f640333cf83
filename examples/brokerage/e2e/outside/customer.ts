/** A customer's telephone in a call to the public number, whatever exchange stands between. */
export interface CustomerCall {
  /** The far end has answered: the desk's greeting is heard from here on. */
  connected(): Promise<void>;
  /** Keys digits as real DTMF; resolves when they are on the line. */
  key(digits: string): Promise<void>;
  /** Listens for a quarter of a second. */
  listen(): Promise<'sound' | 'silence'>;
  /** Waits until something is heard, or nothing any more. */
  hears(what: 'sound' | 'silence'): Promise<void>;
  hangup(): Promise<void>;
  /** Waits until the other side has ended the call. */
  over(): Promise<void>;
}

/** A call that rings at a telephone outside. */
export interface IncomingCall extends CustomerCall {
  /** The number that the telephone shows. */
  readonly from: string;
  answer(): Promise<void>;
}

/** A telephone outside that is switched on: it can be called. */
export interface OutsideTelephone {
  dial(number: string): Promise<CustomerCall>;
  /** The next call that rings here, or rings already. */
  rings(): Promise<IncomingCall>;
  close(): Promise<void>;
}

/** The world outside the desk: an exchange with a line to it, and customers who ring. */
export interface Outside {
  readonly name: string;
  /** What the portal needs to know of it. */
  readonly env: Readonly<Record<string, string>>;
  /** The pitch of every customer's voice. */
  readonly voiceHz: number;
  /** A customer rings. Resolves when the call is on its way. */
  ring(from: string, portalUrl: string): Promise<CustomerCall>;
  /** Somebody outside switches their telephone on. */
  telephone(number: string, portalUrl: string): Promise<OutsideTelephone>;
  /** What the customers' own pages complained of. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}
