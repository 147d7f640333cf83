import { createPhone, type PhoneCredentials } from '@callweave/sdk/phone';

/** The customer's telephone: an ordinary browser page that calls the public number as a given caller. For demos and tests. */
const byId = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const caller = byId<HTMLSelectElement>('caller');
const number = byId<HTMLInputElement>('number');
const status = byId<HTMLOutputElement>('status');
const call = byId<HTMLButtonElement>('call');
const hangup = byId<HTMLButtonElement>('hangup');
const keys = [...document.querySelectorAll<HTMLButtonElement>('[data-key]')];

const SAY: Readonly<Record<string, string>> = {
  ringing: 'زنگ می‌خورد…',
  active: 'برقرار',
  ended: 'پایان تماس',
  inviting: 'در حال گرفتن…',
  idle: '',
};

async function place(): Promise<void> {
  call.disabled = true;
  caller.disabled = true;
  status.value = SAY['inviting'] ?? '';
  const phone = createPhone({
    credentials: async () => {
      const response = await fetch('/telephone/credentials', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number: caller.value }),
      });
      if (!response.ok) throw new Error(`The exchange gave no line (${response.status}).`);
      return (await response.json()) as PhoneCredentials;
    },
  });
  const finish = async (text: string) => {
    status.value = text;
    document.body.dataset['call'] = 'idle';
    await phone.stop().catch(() => undefined);
    call.disabled = false;
    caller.disabled = false;
    hangup.disabled = true;
    for (const key of keys) key.disabled = true;
  };
  try {
    await phone.start();
    let ended = false;
    let mine: string | undefined;
    phone.on('call-ended', ({ call: over }) => {
      if (over.id !== mine && mine !== undefined) return;
      ended = true;
      void finish(`${SAY['ended'] ?? ''} (${over.end?.reason ?? ''})`);
    });
    phone.subscribe((state) => {
      const now = state.calls[0];
      document.body.dataset['call'] = now?.signalling ?? 'idle';
      if (now) {
        mine ??= now.id;
        status.value = SAY[now.signalling] ?? now.signalling;
        hangup.disabled = false;
        for (const key of keys) key.disabled = now.signalling !== 'active';
      }
    });
    hangup.onclick = () => mine && void phone.hangup(mine);
    for (const key of keys) key.onclick = () => mine && void phone.sendDigits(mine, key.dataset['key'] ?? '');
    await phone.call(number.value);
    if (ended) return;
    await phone.startAudio().catch(() => undefined);
  } catch (error) {
    await finish(error instanceof Error ? error.message : String(error));
  }
}

call.onclick = () => void place();
