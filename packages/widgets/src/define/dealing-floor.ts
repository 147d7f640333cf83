import { CwDealingFloor } from '../components/dealing-floor/dealing-floor.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-dealing-floor', CwDealingFloor);
