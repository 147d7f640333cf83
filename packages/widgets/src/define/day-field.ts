import { CwDayField } from '../components/day-field/day-field.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-day-field', CwDayField);
