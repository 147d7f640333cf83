import { CwSignIn } from '../components/sign-in/sign-in.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-sign-in', CwSignIn);
