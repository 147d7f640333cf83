/**
 * The test kit: prove an integration with real calls, on one machine and without a PBX. Needs no test runner; the
 * contract suites, which need vitest, are in `@callweave/server-adapter/testing/contracts`.
 *
 * @example
 * const rig = await startAdapterRig({ authenticate: yourSignIn });
 * const agent = await rig.agent({ cookie: 'session=anna' });
 * const call = await (await rig.telephone('+989121234567')).dial('+982181021380');
 * const ringing = await agent.nextCall();
 * await ringing.answer();
 * call.tone(440);
 * (await ringing.hear(1000)).hz; // 440
 * await rig.stop();
 */
/** A CRM, and a player of courses with licences, as their documents describe them. */
export { FakeDidar } from '../connectors/crm/testing/fake-didar.ts';
/** Payment gateways with a page on which a browser pays or cancels. */
export { FakeZarinpal } from '../connectors/payments/testing/fake-zarinpal.ts';
export { FakeZibal } from '../connectors/payments/testing/fake-zibal.ts';
export { FakeSpotPlayer } from '../connectors/spotplayer/testing/fake-spotplayer.ts';
export { type EmbeddedRig, startEmbeddedRig } from '../telephony/testing/embedded-rig.ts';
export { type EventLog, recordEvents } from '../telephony/testing/event-log.ts';
export type { ExchangeRig, TestCall, TestTelephone } from '../telephony/testing/rig.ts';
export { SipTelephone } from '../telephony/testing/sip-telephone.ts';
export { type Hearing, measure, readWav, toneShare } from '../telephony/testing/tone-measure.ts';
export { type AdapterRig, type AdapterRigOptions, startAdapterRig } from './adapter-rig.ts';
