import { describeExchange } from '../exchange.contract.ts';
import { startAsteriskRig } from '../testing/asterisk-rig.ts';
import { describeWith } from '../testing/component-gate.ts';

await describeWith(['asterisk'], 'Asterisk driver', () => describeExchange('Asterisk', startAsteriskRig));
