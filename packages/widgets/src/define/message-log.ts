import { CwMessageLog } from '../components/message-log/message-log.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-message-log', CwMessageLog);
