import { CwSupervision } from '../components/supervision/supervision.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-supervision', CwSupervision);
