import { describeExchange } from '../exchange.contract.ts';
import { startEmbeddedRig } from '../testing/embedded-rig.ts';

describeExchange('exchange in a box', () => startEmbeddedRig());
