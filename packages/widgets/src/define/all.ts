/** Every element of the package: what the script tag loads. */
import './desk.ts';
import './incoming-call.ts';
import './dealing-floor.ts';
import './recording-player.ts';
import './request-sheet.ts';
import './order-form.ts';
import './instrument-picker.ts';
import './order-list.ts';
import './call-bar.ts';
import './verification.ts';
import './wrap-up.ts';
import './customer-form.ts';
import './customer-security.ts';
import './day-field.ts';
import './sign-in.ts';
import './availability.ts';
