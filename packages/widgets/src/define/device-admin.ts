import { CwDeviceAdmin } from '../components/device-admin/device-admin.ts';
import { CwNewDevice } from '../components/device-admin/new-device.ts';
import { CwDeviceTypes } from '../components/device-admin/type-panel.ts';
import { defineElement } from '../registration.ts';
import './day-field.ts';
import './table-import.ts';

defineElement('cw-new-device', CwNewDevice);
defineElement('cw-device-types', CwDeviceTypes);
defineElement('cw-device-admin', CwDeviceAdmin);
