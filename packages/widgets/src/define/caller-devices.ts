import { CwCallerDevices } from '../components/caller-devices/caller-devices.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-caller-devices', CwCallerDevices);
