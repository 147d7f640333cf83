/** What the script tag loads: every element; and for a page's own module scripts, the SDK. */
import './define/all.ts';

export * from '@callweave/sdk';
