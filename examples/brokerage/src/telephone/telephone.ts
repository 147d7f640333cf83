import type { PhoneCredentials } from '@callweave/sdk/phone';
import { createTelephone } from '@callweave/sdk/testing';

/** A telephone outside: an ordinary browser page that calls, and is called, as a given caller. For demos and tests. */
const byId = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
const caller = byId<HTMLSelectElement>('caller');
const number = byId<HTMLInputElement>('number');
const status = byId<HTMLOutputElement>('status');
const call = byId<HTMLButtonElement>('call');
const answer = byId<HTMLButtonElement>('answer');
const on = byId<HTMLInputElement>('on');
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
  const ringsHere = now.from !== undefined && now.call === 'ringing';
  document.body.dataset['call'] = ringsHere ? 'ringing-here' : now.call;
  document.body.dataset['from'] = now.from ?? '';
  const said = ringsHere ? `تماس از ${now.from}` : SAY[now.call];
  status.value = now.problem ?? (now.end ? `پایان تماس (${now.end})` : (said ?? status.value));
  const free = now.call === 'idle';
  call.disabled = !free;
  caller.disabled = !free || on.checked;
  on.disabled = !free;
  answer.disabled = !ringsHere;
  hangup.disabled = free;
  for (const key of keys) key.disabled = now.call !== 'active';
});
call.onclick = () => void telephone.call(number.value);
answer.onclick = () => void telephone.answer();
on.onchange = async () => {
  on.disabled = true;
  caller.disabled = on.checked;
  try {
    await (on.checked ? telephone.switchOn() : telephone.switchOff());
    status.value = on.checked ? 'روشن' : 'خاموش';
  } catch (error) {
    on.checked = false;
    caller.disabled = false;
    status.value = error instanceof Error ? error.message : String(error);
  }
  on.disabled = false;
  document.body.dataset['on'] = String(on.checked);
};
hangup.onclick = () => void telephone.hangup();
for (const key of keys) key.onclick = () => void telephone.press(key.dataset['key'] ?? '');
