import { CwAnnouncements } from '../components/announcements/announcements.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-announcements', CwAnnouncements);
