import { startEmbeddedRig } from '../../testing/embedded-rig.ts';
import { describeLiveQueue } from '../testing/live-queue.ts';

describeLiveQueue('the exchange in a box', () => startEmbeddedRig());
