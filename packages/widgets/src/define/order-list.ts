import { CwOrderList } from '../components/order-list/order-list.ts';
import { defineElement } from '../registration.ts';
import './recording-player.ts';

defineElement('cw-order-list', CwOrderList);
