/** What is stored with a leg at the exchange, so that a restarted adapter knows whose it is. */
export interface LegTag {
  readonly callId: string;
  readonly role: 'customer' | 'agent';
  readonly accountId?: string;
}

export function writeTag({ callId, role, accountId }: LegTag): string {
  return ['callweave', callId, role, ...(accountId === undefined ? [] : [accountId])].join('/');
}

export function readTag(text: string | undefined): LegTag | undefined {
  const [mark, callId, role, accountId] = (text ?? '').split('/');
  if (mark !== 'callweave' || !callId || (role !== 'customer' && role !== 'agent')) return undefined;
  return accountId ? { callId, role, accountId } : { callId, role };
}
