import { ensureBundle } from '../../../scripts/build/bundle.ts';

/** The portal serves the widgets as a host would: from the bundle. */
export default ensureBundle;
