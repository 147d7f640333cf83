import { CwBuyerProfile } from '../components/buyer-profile/buyer-profile.ts';
import { defineElement } from '../registration.ts';

defineElement('cw-buyer-profile', CwBuyerProfile);
