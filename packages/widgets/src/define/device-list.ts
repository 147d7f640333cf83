import { CwDeviceList } from '../components/device-list/device-list.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-device-list', CwDeviceList);
