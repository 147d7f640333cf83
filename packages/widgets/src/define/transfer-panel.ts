import { CwTransferPanel } from '../components/transfer-panel/transfer-panel.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-transfer-panel', CwTransferPanel);
