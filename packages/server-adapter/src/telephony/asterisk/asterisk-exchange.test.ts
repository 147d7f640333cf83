import { describeExchange } from '../exchange.contract.ts';
import { startAsteriskRig } from '../testing/asterisk-rig.ts';

describeExchange('Asterisk', startAsteriskRig);
