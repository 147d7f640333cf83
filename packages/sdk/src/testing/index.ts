/**
 * The test kit: prove an integration without an exchange, a microphone or waiting.
 *
 * @example
 * const bench = await createPhoneBench();
 * await bench.start();
 * const { leg, id } = await bench.ring({ from: '+420777123456' });
 * await bench.phone.decline(id, 'busy');
 * await bench.clock.settle();
 * leg.status; // 486
 * await bench.dispose();
 */
export { FakeHeadset, FakeHid } from './fake-headset.ts';
export { FakeLeg } from './fake-leg.ts';
export { FakeMedia } from './fake-media.ts';
export type { FakePage } from './fake-page.ts';
export { installFakePage } from './fake-page.ts';
export { acceptRegistration, FakeSipServer } from './fake-sip-server.ts';
export { FakeBrowser } from './fake-tabs.ts';
export type { FakeGathering, FakeWebRtc } from './fake-web-rtc.ts';
export { FakeMediaStream, FakePeerConnection, FakeSender, FakeTrack, installFakeWebRtc } from './fake-web-rtc.ts';
export type { BenchTab, PhoneBench } from './phone-bench.ts';
export { createPhoneBench } from './phone-bench.ts';
export type { FakeReply, SdpDirection, SipMessage } from './sip-message.ts';
export { fakeSdp, parseSip } from './sip-message.ts';
export type { Telephone, TelephoneState } from './telephone.ts';
export { createTelephone } from './telephone.ts';
export type { VirtualClock } from './virtual-clock.ts';
export { createVirtualClock } from './virtual-clock.ts';
