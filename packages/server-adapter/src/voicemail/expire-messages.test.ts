import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IRAN } from '@callweave/sdk/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileRecordings } from '../connectors/recordings/file-recordings.ts';
import { embeddedDirectory } from '../customers/index.ts';
import { toneWav } from '../recordings/testing/tone-wav.ts';
import { describeStores } from '../store/testing.ts';
import { Boxes } from './boxes.ts';
import { expireMessages } from './expire-messages.ts';
import { voicemailPolicy } from './policy.ts';
import type { VoicemailShelf } from './shelf.ts';
import { keepMessage, noteLeft, noteSpeaking, noteSpoken, openMessage } from './take-message.ts';

const DAY = 86_400_000;
const LENGTH = 3_000;
const SOUND = toneWav(440, LENGTH);

describeStores('the end of messages in voicemail boxes', (makeStore) => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'callweave-voicemail-end-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function shelfOn(clock: { now(): Date }) {
    const store = await makeStore({ clock });
    const errors: string[] = [];
    const inFolder = fileRecordings(await mkdtemp(join(folder, 'store-')));
    const files = { ...inFolder };
    const shelf: VoicemailShelf = {
      store,
      files,
      directory: embeddedDirectory(store, IRAN),
      boxes: new Boxes([{ id: 'desk', names: { en: 'Desk', fa: 'میز', cs: 'Přepážka' }, members: 'group' }]),
      policy: voicemailPolicy({}),
      greetingBeingRecorded: () => false,
      onError: (message) => errors.push(message),
    };
    let legs = 0;
    const leave = async (): Promise<string> => {
      legs += 1;
      const id = await openMessage(shelf, {
        boxId: 'desk',
        callId: null,
        leg: `leg_${legs}`,
        callerNumber: '',
        calledNumber: '+982181021380',
        locale: 'fa',
      });
      await noteSpeaking(shelf, id);
      await noteSpoken(shelf, id, LENGTH);
      await keepMessage(shelf, id, SOUND);
      await noteLeft(shelf, id);
      return id;
    };
    const row = (id: string) =>
      store.db.selectFrom('voicemail_messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    const hasFile = async (id: string) => {
      const { file } = await row(id);
      return file !== null && (await inFolder.size(file)) !== undefined;
    };
    return { shelf, store, files, inFolder, errors, leave, row, hasFile };
  }

  it('deletes the sound, and leaves the row and a line; what cannot be deleted now is deleted later', async () => {
    let now = new Date('2026-11-22T10:00:00.000Z');
    const { shelf, store, files, inFolder, errors, leave, row, hasFile } = await shelfOn({ now: () => now });
    const expire = () => expireMessages(shelf, { keep: { years: 5 }, asOf: async () => now });
    const id = await leave();
    const { sha256, file, state } = await row(id);
    expect(state).toBe('stored');
    now = new Date('2031-11-22T10:00:02.900Z');
    expect(await expire()).toBe(0);
    now = new Date('2031-11-22T10:00:03.000Z');
    files.delete = () => Promise.reject(new Error('read-only'));
    expect(await expire()).toBe(1);
    expect(errors).toHaveLength(1);
    expect(await hasFile(id)).toBe(true);
    files.delete = inFolder.delete;
    expect(await expire()).toBe(0);
    expect(await row(id)).toMatchObject({ state: 'expired', file: null, sha256 });
    expect(await inFolder.size(file ?? '')).toBeUndefined();
    const lines = await store.db.selectFrom('ledger').selectAll().where('action', '=', 'voicemail.expired').execute();
    expect(lines.map(({ subject, data }) => [subject, JSON.parse(data)])).toEqual([
      [`voicemail:${id}`, { keptUntil: '2031-11-22T10:00:03.000Z', sha256 }],
    ]);
    const told = await store.db
      .selectFrom('events')
      .select('data')
      .where('type', '=', 'voicemail')
      .orderBy('seq')
      .execute();
    expect(JSON.parse(told.at(-1)?.data ?? '{}')).toMatchObject({ id, state: 'expired' });
  });

  it('nothing goes before its time, and everything after it, whatever the order of events', async () => {
    const step = fc.oneof(
      fc.constant({ do: 'leave' as const }),
      fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }),
      fc.constant({ do: 'expire' as const }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        let now = new Date('2026-11-22T10:00:00.000Z');
        const { shelf, leave, row, hasFile } = await shelfOn({ now: () => now });
        const expire = () => expireMessages(shelf, { keep: { days: 5 }, asOf: async () => now });
        const known: { id: string; until: number }[] = [];
        for (const each of steps) {
          if (each.do === 'leave') known.push({ id: await leave(), until: now.getTime() + LENGTH + 5 * DAY });
          else if (each.do === 'wait') now = new Date(now.getTime() + each.days * DAY);
          else await expire();
          for (const { id, until } of known)
            if (until > now.getTime())
              expect({ state: (await row(id)).state, file: await hasFile(id) }).toEqual({
                state: 'stored',
                file: true,
              });
        }
        await expire();
        for (const { id, until } of known) if (until <= now.getTime()) expect(await hasFile(id)).toBe(false);
      }),
      { numRuns: 10 },
    );
  }, 120_000);
});
