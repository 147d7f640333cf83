import { CwCallBar } from '../components/call-bar/call-bar.ts';
import { defineElement } from '../registration.ts';
// It stands inside the bar after a call.
import './wrap-up.ts';

defineElement('cw-call-bar', CwCallBar);
