import { CwNotifications } from '../components/notifications/notifications.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-notifications', CwNotifications);
