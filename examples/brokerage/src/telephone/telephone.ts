import type { PhoneCredentials } from '@callweave/sdk/phone';
import { createTelephone } from '@callweave/sdk/testing';

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
  inviting: 'در حال گرفتن…',
};

const telephone = createTelephone({
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

telephone.state.subscribe((now) => {
  document.body.dataset['call'] = now.call;
  status.value = now.problem ?? (now.end ? `پایان تماس (${now.end})` : (SAY[now.call] ?? status.value));
  const free = now.call === 'idle';
  call.disabled = !free;
  caller.disabled = !free;
  hangup.disabled = free;
  for (const key of keys) key.disabled = now.call !== 'active';
});
call.onclick = () => void telephone.call(number.value);
hangup.onclick = () => void telephone.hangup();
for (const key of keys) key.onclick = () => void telephone.press(key.dataset['key'] ?? '');
