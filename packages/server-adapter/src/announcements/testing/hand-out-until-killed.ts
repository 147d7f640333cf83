/**
 * A process of its own that hands an announcement out in small portions, says a line before each, and is killed on the
 * way. Argument: where the store is.
 */
import { logSms } from '../../connectors/sms/log.ts';
import { createMessages } from '../../messages/index.ts';
import { openPlace } from '../../testing/open-place.ts';
import { createAnnouncements } from '../create-announcements.ts';
import { sourceOn } from './announcement-rig.ts';

const [, , storage = ''] = process.argv;
const store = await openPlace(storage);
const source = sourceOn('2026-11-22');
const announcements = createAnnouncements({
  store,
  source: {
    ...source,
    buyersAfter: (db, after, limit) => {
      process.stdout.write('portion\n');
      return source.buyersAfter(db, after, limit);
    },
    findBuyers: (db, ids) => {
      process.stdout.write('messages\n');
      return source.findBuyers(db, ids);
    },
  },
  messages: createMessages({ store, sms: { driver: logSms() } }),
  timeZone: 'Asia/Tehran',
  options: { quietHours: 'none' },
  onError: (error) => {
    throw error;
  },
  portion: 5,
});
await announcements.run();
process.stdout.write('done\n');
await store.close();
