import { CwTransferAcceptance } from '../components/transfer-acceptance/transfer-acceptance.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-transfer-acceptance', CwTransferAcceptance);
