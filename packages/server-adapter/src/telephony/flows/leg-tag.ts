/** What a leg is in its call. Each flow has roles of its own. */
export type LegRole =
  | 'customer'
  | 'agent'
  /** Somebody brought into a call that goes on: a consultation, a conference. */
  | 'third'
  | 'supervisor'
  | 'field'
  | 'callee'
  | 'fax'
  | 'mailbox';

const ROLES: readonly string[] = [
  'customer',
  'agent',
  'third',
  'supervisor',
  'field',
  'callee',
  'fax',
  'mailbox',
] satisfies LegRole[];

/** What is stored with a leg at the exchange, so that a restarted adapter knows whose it is. */
export interface LegTag {
  readonly callId: string;
  readonly role: LegRole;
  readonly accountId?: string;
}

export function writeTag({ callId, role, accountId }: LegTag): string {
  return ['callweave', callId, role, ...(accountId === undefined ? [] : [accountId])].join('/');
}

export function readTag(text: string | undefined): LegTag | undefined {
  const [mark, callId, role, accountId] = (text ?? '').split('/');
  if (mark !== 'callweave' || !callId || role === undefined || !ROLES.includes(role)) return undefined;
  return accountId ? { callId, role: role as LegRole, accountId } : { callId, role: role as LegRole };
}
