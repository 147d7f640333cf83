/** Every element of the package: what the script tag loads. */
import './desk.ts';
import './incoming-call.ts';
