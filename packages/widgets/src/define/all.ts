/** Every element of the package: what the script tag loads. */
import './desk.ts';
import './incoming-call.ts';
import './dealing-floor.ts';
import './recording-player.ts';
import './request-sheet.ts';
import './order-form.ts';
import './instrument-picker.ts';
import './order-list.ts';
