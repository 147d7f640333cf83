import { CwWrapUp } from '../components/wrap-up/wrap-up.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-wrap-up', CwWrapUp);
