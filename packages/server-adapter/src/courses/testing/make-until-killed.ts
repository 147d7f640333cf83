/**
 * A process of its own that sells one course and is killed while its licence is made.
 * Arguments: where the store is, the address of the player, its key.
 */
import { openPlace } from '../../testing/open-place.ts';
import { courseRig } from './course-rig.ts';

const [, , storage = '', url = '', apiKey = ''] = process.argv;
const rig = courseRig(await openPlace(storage), { url, apiKey }, { timeoutMs: 60_000 });
await rig.pay(await rig.buy(await rig.course()));
await rig.courses.drain();
