import { CwWallboard } from '../components/wallboard/wallboard.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-wallboard', CwWallboard);
