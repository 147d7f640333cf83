import { CwPriceList } from '../components/price-list/price-list.ts';
import { defineElement } from '../registration.ts';
import './day-field.ts';

defineElement('cw-price-list', CwPriceList);
