import { contract } from '@callweave/sdk/protocol';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../http/operation.ts';
import { callerOf } from '../../../http/testing/invoke.ts';
import { readListeningLog } from '../../../listening/index.ts';
import { describeStores } from '../../../store/testing.ts';
import { BOSS, STRANGER, type VoicemailHouse, voicemailHouse } from './testing/voicemail-house.ts';

describeStores('boxes and their messages', (makeStore) => {
  const left = async (house: VoicemailHouse, seconds = 5) => {
    const leg = await house.callBox();
    await house.speak(leg, seconds);
    house.rig.exchange.farEnds(leg, 'normal');
    await house.rig.advance(4_000);
    const [newest] = await house.messages();
    if (newest === undefined) throw new Error('There is no message.');
    return newest;
  };
  const audio = (house: VoicemailHouse, messageId: string, caller: Caller, range?: string) =>
    house.sound({ messageId }, caller, range);

  it('are one’s own, those of one’s queues, and for supervisors and managers all queues’', async () => {
    const names = { en: 'Q', fa: 'ق', cs: 'Q' };
    const house = await voicemailHouse(makeStore, {
      queues: [
        { id: 'orders', names, members: ['mina'] },
        { id: 'rest', names },
      ],
    });
    const boxesOf = async (caller: Caller) => (await house.ask('boxes', {}, caller)).boxes.map(({ id }) => id);
    expect(await boxesOf(house.mina)).toEqual(['mina', 'orders']);
    expect(await boxesOf(house.hamid)).toEqual(['hamid', 'rest']);
    expect(await boxesOf(BOSS)).toEqual(['boss', 'orders', 'rest']);
    expect(await boxesOf(callerOf('ceo', 'manager'))).toEqual(['orders', 'rest']);
  });

  it('are for nobody else: what is not yours is not there', async () => {
    const house = await voicemailHouse(makeStore);
    const message = await left(house);
    const outsider = house.mina;
    expect(await house.messages(outsider)).toEqual([]);
    const none = { code: 'not-found' };
    await expect(house.ask('list', { boxId: 'group' }, outsider)).rejects.toMatchObject(none);
    await expect(house.ask('list', { boxId: 'hamid' }, BOSS)).rejects.toMatchObject(none);
    const messageId = message.id;
    for (const attempt of [
      () => house.ask('get', { messageId }, outsider),
      () => audio(house, messageId, outsider),
      () => house.ask('markHeard', { messageId, heard: true }, outsider),
      () => house.ask('note', { messageId, note: 'x' }, outsider),
      () => house.ask('delete', { messageId }, outsider),
      () => house.ask('greeting', { boxId: 'hamid' }, outsider),
      () => house.ask('recordGreeting', { boxId: 'hamid' }, outsider),
      () => house.ask('resetGreeting', { boxId: 'hamid' }, outsider),
    ])
      await expect(attempt()).rejects.toMatchObject(none);
    // A member hears what was left for the queue, but does not speak for it.
    await expect(house.ask('recordGreeting', { boxId: 'group' }, house.hamid)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const events = await house.rig.store.db
      .selectFrom('events')
      .select('audience')
      .where('type', '=', 'voicemail')
      .execute();
    for (const { audience } of events)
      expect(JSON.parse(audience)).toEqual(['role:supervisor', 'role:manager', 'account:hamid']);
  });

  it('are played in pieces, and each playing is one line of the listening log', async () => {
    const house = await voicemailHouse(makeStore);
    const { id } = await left(house);
    const whole = await audio(house, id, house.hamid);
    expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
    expect(
      Buffer.from(await whole.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('RIFF');
    const part = await audio(house, id, house.hamid, 'bytes=44-143');
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 100]);
    await (await audio(house, id, BOSS)).arrayBuffer();
    const { entries } = await readListeningLog(house.rig.store.db, { kind: 'voicemail', limit: 10 });
    expect(entries.map(({ listener, voicemailId }) => [listener.id, voicemailId]).sort()).toEqual([
      ['boss', id],
      ['hamid', id],
    ]);
  });

  it('are marked, noted, deleted, restored, and gone for good after their days', async () => {
    const house = await voicemailHouse(makeStore);
    const { rig } = house;
    const { id: messageId } = await left(house);
    const other = await left(house);
    const unheard = async () => (await house.ask('list', {}, house.hamid)).unheard;
    expect(await unheard()).toBe(2);
    expect(await house.ask('markHeard', { messageId, heard: true }, house.hamid)).toMatchObject({
      heardBy: { id: 'hamid' },
    });
    expect(await unheard()).toBe(1);
    expect((await house.ask('list', { unheard: 'true' }, house.hamid)).messages.map(({ id }) => id)).toEqual([
      other.id,
    ]);
    expect(await house.ask('markHeard', { messageId, heard: false }, house.hamid)).toMatchObject({
      heardAt: null,
      heardBy: null,
    });
    expect(await house.ask('note', { messageId, note: ' Call after five. ' }, house.hamid)).toMatchObject({
      note: 'Call after five.',
    });
    const deleted = await house.ask('delete', { messageId }, house.hamid);
    expect(Date.parse(deleted.binnedUntil ?? '') - Date.parse(deleted.deletedAt ?? '')).toBe(30 * 86_400_000);
    expect((await house.messages()).map(({ id }) => id)).toEqual([other.id]);
    expect((await house.ask('list', { deleted: 'true' }, house.hamid)).messages).toHaveLength(1);
    await house.ask('restore', { messageId }, house.hamid);
    expect((await house.ask('list', { limit: 1 }, house.hamid)).more).toBe(true);
    const page = await house.ask('list', { limit: 1, before: other.id }, house.hamid);
    expect([page.messages.map(({ id }) => id), page.more]).toEqual([[messageId], false]);
    await house.ask('delete', { messageId }, house.hamid);
    await rig.advance(29 * 86_400_000);
    expect(await house.emptyBin()).toBe(0);
    await rig.advance(2 * 86_400_000);
    expect(await house.emptyBin()).toBe(1);
    expect(house.files.all.size).toBe(1);
    await expect(house.ask('restore', { messageId }, house.hamid)).rejects.toMatchObject({ code: 'not-found' });
  });

  describe('greetings', () => {
    const ring = async (house: VoicemailHouse, boxId = 'group', caller = BOSS) => {
      const { callId } = await house.ask('recordGreeting', { boxId }, caller);
      const [leg] = house.rig.exchange.ringingAt(caller.accountId);
      if (leg === undefined) throw new Error('It does not ring.');
      return { leg, callId };
    };
    const spoken = async (house: VoicemailHouse, leg: string) => {
      house.rig.exchange.farAnswers(leg);
      await house.speak(leg, 4);
      house.rig.exchange.farKeys(leg, '#');
      await house.rig.advance(500);
    };

    it('are spoken on one’s own phone, heard again, kept, and are what the next caller hears', async () => {
      const house = await voicemailHouse(makeStore);
      const { rig } = house;
      const { leg, callId } = await ring(house);
      expect(rig.exchange.headersOf(leg)['X-Callweave-Dial']).toBe(callId);
      expect(await house.ask('greeting', { boxId: 'group' }, BOSS)).toMatchObject({
        kind: 'default',
        beingRecorded: true,
      });
      await expect(house.ask('recordGreeting', { boxId: 'group' }, callerOf('ceo', 'manager'))).rejects.toMatchObject({
        code: 'conflict',
      });
      await spoken(house, leg);
      expect(rig.exchange.hears(leg)).toEqual(['recording', 'greeting-keep']);
      // Once more: the first take is not wanted.
      rig.exchange.farKeys(leg, '2');
      await rig.advance(500);
      await house.speak(leg, 6);
      rig.exchange.farKeys(leg, '#');
      await rig.advance(500);
      rig.exchange.farKeys(leg, '1');
      await rig.advance(500);
      expect(rig.exchange.hears(leg)).toEqual(['greeting-kept', 'goodbye']);
      await rig.advance(6_000);
      expect(await house.ask('greeting', { boxId: 'group' }, BOSS)).toMatchObject({
        kind: 'own',
        beingRecorded: false,
        recordedBy: { id: 'boss', name: 'Name of boss' },
      });
      // One copy at the exchange, which is what it plays, and one of ours.
      expect([rig.exchange.tracks.size, house.files.all.size]).toEqual([1, 1]);
      const caller = await house.callBox();
      expect(rig.exchange.hears(caller)).toEqual(['recording']);
      rig.exchange.farEnds(caller, 'normal');
      const sound = await house.sound({ boxId: 'group' }, house.hamid);
      expect(sound.status).toBe(200);
      expect((await house.ask('resetGreeting', { boxId: 'group' }, BOSS)).kind).toBe('default');
      await rig.advance(3_000);
      expect([rig.exchange.leaks(), house.files.all.size]).toEqual([[], 0]);
      const next = await house.callBox();
      expect(rig.exchange.hears(next)).toEqual(['voicemail-greeting']);
    });

    it('change nothing when one hangs up, says nothing, or the adapter is killed', async () => {
      const house = await voicemailHouse(makeStore);
      const { rig } = house;
      const first = await ring(house);
      await spoken(house, first.leg);
      rig.exchange.farEnds(first.leg, 'normal');
      await rig.advance(2_000);
      const second = await ring(house);
      rig.exchange.farAnswers(second.leg);
      await rig.advance(1_800);
      rig.exchange.farKeys(second.leg, '#');
      await rig.advance(500);
      expect(rig.exchange.hears(second.leg)).toEqual(['greeting-too-short', 'greeting-speak']);
      await rig.restart('go-on');
      await rig.advance(5_000);
      expect(rig.exchange.leaks().filter((leak) => !leak.startsWith('playback'))).toEqual([]);
      expect(await house.ask('greeting', { boxId: 'group' }, BOSS)).toMatchObject({
        kind: 'default',
        beingRecorded: false,
      });
      expect(await rig.store.db.selectFrom('voicemail_takes').selectAll().execute()).toEqual([]);
    });

    it('say why a phone cannot be rung', async () => {
      const house = await voicemailHouse(makeStore);
      house.rig.exchange.unregister('boss');
      await expect(house.ask('recordGreeting', { boxId: 'boss' }, BOSS)).rejects.toMatchObject({
        code: 'exchange-unavailable',
      });
      expect((await house.ask('greeting', { boxId: 'boss' }, BOSS)).beingRecorded).toBe(false);
      house.rig.exchange.register('boss');
      await ring(house, 'boss');
    });

    it('give way to the house’s sentence when the exchange has lost them', async () => {
      const house = await voicemailHouse(makeStore);
      const { leg } = await ring(house);
      await spoken(house, leg);
      house.rig.exchange.farKeys(leg, '1');
      await house.rig.advance(6_000);
      house.rig.exchange.tracks.clear();
      expect(house.rig.exchange.hears(await house.callBox(STRANGER))).toEqual(['voicemail-greeting']);
    });
  });

  it('are asked for by everybody who may, and by nobody else', () => {
    for (const endpoint of Object.values(contract.voicemail))
      expect(endpoint.access).toEqual(['agent', 'supervisor', 'manager']);
  });
});
