import { startEmbeddedRig } from '../testing/embedded-rig.ts';
import { describeLiveFlow } from './testing/live-flow.ts';

describeLiveFlow('the exchange in a box', () => startEmbeddedRig());
