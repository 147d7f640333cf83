import { CwOwnershipTransfer } from '../components/ownership-transfer/ownership-transfer.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-ownership-transfer', CwOwnershipTransfer);
