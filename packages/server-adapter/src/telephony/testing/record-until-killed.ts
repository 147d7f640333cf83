/** Started as a process of its own by the tests of crashes and full disks: records a tone into the folder given, until somebody kills it. */
import { startEmbeddedRig } from './embedded-rig.ts';
import { recordEvents } from './event-log.ts';

const rig = await startEmbeddedRig({ recordingsDir: process.argv[2] as string });
const events = recordEvents(rig.exchange);
const telephone = await rig.telephone('+989121234567');
const call = await telephone.dial(rig.publicNumber);
const { leg } = await events.waitFor('incoming');
await rig.exchange.answer(leg);
await call.answered;
call.tone(440);
await rig.exchange.record({ leg, recording: 'killed' });
process.stdout.write('recording\n');
const failed = await events.waitFor('recording-failed', undefined, 60_000);
process.stdout.write(`recording-failed ${failed.reason} ${(await rig.exchange.legs()).length} leg up\n`);
