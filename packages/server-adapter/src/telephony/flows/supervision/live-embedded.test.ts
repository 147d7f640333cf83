import { startEmbeddedRig } from '../../testing/embedded-rig.ts';
import { describeLiveSupervision } from '../testing/live-supervision.ts';

describeLiveSupervision('the exchange in a box', startEmbeddedRig);
