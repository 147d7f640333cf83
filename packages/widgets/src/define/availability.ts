import { CwAvailability } from '../components/availability/availability.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-availability', CwAvailability);
