import { startEmbeddedRig } from '../../testing/embedded-rig.ts';
import { SipTelephone } from '../../testing/sip-telephone.ts';
import { describeLiveVirtual } from '../testing/live-virtual.ts';

describeLiveVirtual(
  'the exchange in a box',
  () => startEmbeddedRig(),
  (_rig, phone, listener) => {
    if (phone instanceof SipTelephone) phone.client.onRaw = listener;
  },
);
