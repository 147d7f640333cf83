import { CwCallBar } from '../components/call-bar/call-bar.ts';
import { defineElement } from '../registration.ts';
// They stand inside the bar: to hand a call on, and after it. Loading them later would cost a page more than they weigh,
// because a bundler has to put everything that they share with the bar into a file of its own.
import './transfer-panel.ts';
import './wrap-up.ts';

defineElement('cw-call-bar', CwCallBar);
