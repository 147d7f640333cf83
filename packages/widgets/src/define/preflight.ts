import { CwPreflight } from '../components/preflight/preflight.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-preflight', CwPreflight);
