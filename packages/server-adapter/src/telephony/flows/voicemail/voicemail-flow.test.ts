import { expect, it } from 'vitest';
import { describeStores } from '../../../store/testing.ts';
import { ExchangeError } from '../../exchange.ts';
import type { QueueOptions } from '../queue/queue-options.ts';
import { CUSTOMER_NUMBER } from '../testing/flow-rig.ts';
import { BOSS, BOX_NUMBER, STRANGER, type VoicemailHouse, voicemailHouse } from './testing/voicemail-house.ts';

const names = { en: 'Orders', fa: 'سفارش', cs: 'Objednávky' };
const FULL: QueueOptions = {
  id: 'orders',
  names,
  members: ['hamid'],
  maxLength: 0,
  whenFull: { kind: 'voicemail', box: 'orders' },
};

describeStores('leaving a message', (makeStore) => {
  const tidy = ({ rig }: VoicemailHouse) => {
    expect(rig.exchange.leaks()).toEqual([]);
    expect(rig.errors).toEqual([]);
  };

  it('at a number of its own: greeting, tone, words, `#`, thanks', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig } = house;
    const leg = await house.callBox();
    expect(rig.exchange.hears(leg)).toEqual(['voicemail-greeting']);
    expect(await house.messages()).toEqual([]);
    await house.speak(leg, 20);
    rig.exchange.farKeys(leg, '#');
    await rig.advance(200);
    expect(rig.exchange.hears(leg)).toEqual(['voicemail-thanks', 'goodbye']);
    await rig.advance(5_000);
    expect(await house.messages()).toMatchObject([
      {
        boxId: 'group',
        state: 'stored',
        callId: null,
        from: STRANGER,
        to: BOX_NUMBER,
        durationMs: 3000,
        heardAt: null,
      },
    ]);
    expect([...house.files.all.keys()]).toHaveLength(1);
    expect((await rig.ledger()).map(({ action }) => action)).toContain('voicemail.stored');
    tidy(house);
  });

  it('goes to the first responder’s own box, and the call reads as missed', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig } = house;
    await rig.customer({ responders: ['mina'] });
    const leg = await house.callDesk();
    await house.speak(leg, 5);
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(3_000);
    expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed', answeredAt: null });
    expect(await house.messages(house.mina)).toMatchObject([
      {
        boxId: 'mina',
        state: 'stored',
        from: CUSTOMER_NUMBER,
        callId: (await rig.call()).id,
        customer: { name: 'Sara Ahmadi' },
      },
    ]);
    // Nobody else's: not even a supervisor's.
    expect(await house.messages(BOSS)).toEqual([]);
    expect(await house.messages(house.hamid)).toEqual([]);
    tidy(house);
  });

  it('goes to the queue’s box where there is no responder, or the house says so', async () => {
    for (const unanswered of ['responder', 'queue'] as const) {
      const house = await voicemailHouse(makeStore, { queues: [FULL], voicemail: { unanswered } });
      if (unanswered === 'queue') await house.rig.customer({ responders: ['mina'] });
      const leg = await house.callDesk();
      await house.speak(leg, 5);
      house.rig.exchange.farEnds(leg, 'normal');
      await house.rig.advance(3_000);
      expect(await house.messages(house.hamid)).toMatchObject([{ boxId: 'orders' }]);
      expect(await house.messages(house.mina)).toEqual([]);
      expect(await house.rig.call()).toMatchObject({ outcome: 'missed' });
      tidy(house);
    }
  });

  it('is not offered where the house takes none', async () => {
    const house = await voicemailHouse(makeStore, { voicemail: { unanswered: 'off' } });
    const leg = house.rig.exchange.dial(STRANGER, '+982181021380');
    await house.rig.advance(12_000);
    expect(house.rig.exchange.hears(leg)).toEqual(['nobody-available', 'goodbye']);
  });

  it('begins at once for whoever presses a key, and ends by itself at the limit', async () => {
    const house = await voicemailHouse(makeStore, { voicemail: { maxSeconds: 30 } });
    const { rig } = house;
    const leg = await house.callBox();
    rig.exchange.farKeys(leg, '1');
    await rig.advance(300);
    expect(rig.exchange.tracks.size).toBe(1);
    await rig.advance(28_000);
    expect(rig.exchange.hears(leg)).toEqual([]);
    await rig.advance(2_500);
    expect(rig.exchange.hears(leg)).toEqual(['voicemail-thanks', 'goodbye']);
    await rig.advance(5_000);
    expect(await house.messages()).toMatchObject([{ state: 'stored' }]);
    tidy(house);
  });

  it('leaves nothing when nothing is said: hung up in the greeting, at the tone, or within two seconds', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig } = house;
    rig.exchange.farEnds(await house.callBox(), 'normal');
    await rig.advance(3_000);
    const leg = await house.callBox();
    await house.speak(leg, 1);
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(5_000);
    const quick = await house.callBox();
    await house.speak(quick, 1);
    rig.exchange.farKeys(quick, '#');
    await rig.advance(200);
    expect(rig.exchange.hears(quick)).toEqual(['goodbye']);
    await rig.advance(5_000);
    expect(await rig.store.db.selectFrom('voicemail_messages').selectAll().execute()).toEqual([]);
    expect(await rig.store.db.selectFrom('events').select('type').where('type', '=', 'voicemail').execute()).toEqual(
      [],
    );
    expect([...house.files.all.keys()]).toEqual([]);
    tidy(house);
  });

  it('waits at the exchange while the disk is full, and is shown meanwhile', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig, files } = house;
    files.fail = () => Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const leg = await house.callBox();
    await house.speak(leg, 5);
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(60_000);
    expect(await house.messages()).toMatchObject([{ state: 'storing' }]);
    expect(rig.exchange.leaks()).toHaveLength(1);
    files.fail = undefined;
    await rig.advance(31_000);
    expect(await house.messages()).toMatchObject([{ state: 'stored' }]);
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('is kept when the store is away at the end, and when commands of the exchange fail', async () => {
    let faults = 0;
    const house = await voicemailHouse(makeStore, {
      faults: {
        fault: (command) =>
          command === 'record' && faults++ < 2 ? new ExchangeError('failed', 'simulated') : undefined,
      },
    });
    const { rig } = house;
    const leg = await house.callBox();
    await rig.advance(3_000);
    await house.speak(leg, 5);
    expect(faults).toBe(3);
    rig.breakStore(() => new Error('simulated'));
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(10_000);
    rig.breakStore(undefined);
    await rig.advance(10_000);
    expect(await house.messages()).toMatchObject([{ state: 'stored' }]);
    expect(rig.exchange.leaks()).toEqual([]);
  });

  it('is told as failed when the exchange has lost it', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig } = house;
    const leg = await house.callBox();
    await house.speak(leg, 5);
    rig.exchange.tracks.clear();
    rig.exchange.farEnds(leg, 'normal');
    await rig.advance(5_000);
    expect(await house.messages()).toMatchObject([{ state: 'failed', sha256: null }]);
  });

  const steps = {
    'in the greeting': async () => {},
    'while they speak': (house: VoicemailHouse, leg: string) => house.speak(leg, 5),
    'after `#`': async (house: VoicemailHouse, leg: string) => {
      await house.speak(leg, 5);
      house.rig.exchange.farKeys(leg, '#');
      await house.rig.settle();
    },
    'while it is stored': async (house: VoicemailHouse, leg: string) => {
      await house.speak(leg, 5);
      house.files.fail = () => new Error('full');
      house.rig.exchange.farEnds(leg, 'normal');
      await house.rig.advance(4_000);
    },
  };
  for (const [when, until] of Object.entries(steps)) {
    for (const from of ['box', 'desk'] as const) {
      it(`loses nothing when the adapter is killed ${when} (${from})`, async () => {
        const house = await voicemailHouse(makeStore);
        const { rig } = house;
        const leg = from === 'box' ? await house.callBox() : await house.callDesk();
        await until(house, leg);
        await rig.restart('go-on');
        house.files.fail = undefined;
        if (when === 'in the greeting') {
          expect(rig.exchange.hears(leg)).toContain('voicemail-greeting');
          await house.speak(leg, 5);
        }
        expect(rig.exchange.ringingAt('hamid')).toEqual([]);
        await rig.advance(5_000);
        rig.exchange.farEnds(leg, 'normal');
        await rig.advance(40_000);
        expect(await house.messages()).toMatchObject([{ state: 'stored' }]);
        if (from === 'desk') expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed' });
        tidyAfterKill(house);
      });

      it(`keeps what there is when the line dies with the adapter ${when} (${from})`, async () => {
        const house = await voicemailHouse(makeStore);
        const { rig } = house;
        const leg = from === 'box' ? await house.callBox() : await house.callDesk();
        await until(house, leg);
        await rig.restart('die');
        house.files.fail = undefined;
        await rig.advance(40_000);
        expect(await house.messages()).toMatchObject(when === 'in the greeting' ? [] : [{ state: 'stored' }]);
        if (from === 'desk') expect(await rig.call()).toMatchObject({ state: 'ended', outcome: 'missed' });
        tidyAfterKill(house);
      });
    }
  }

  function tidyAfterKill({ rig }: VoicemailHouse) {
    expect(rig.exchange.leaks().filter((leak) => !leak.startsWith('playback'))).toEqual([]);
  }
});
